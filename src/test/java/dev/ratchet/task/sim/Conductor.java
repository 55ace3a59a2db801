package dev.ratchet.task.sim;

import dev.ratchet.task.LifeKey;
import dev.ratchet.task.Source;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One task's row and its many writers, each of which reads it at one time and writes it at another. A history is a
 * function of the seed. Adversarial: nearly half of the writes overlap with others, up to four at a time, where on a real
 * server perhaps one in a thousand does.
 */
final class Conductor {
    private static final int RECORDS = 24;
    private static final int OVERLAPPING = 4;
    private static final long BEGINNING = 1_800_000_000_000L;

    /**
     * A version of the row: what it held from this record on.
     *
     * @param displacing whether it is a copy of another life than the one that is lived
     * @param knownEnds the ends it descends from, one bit each
     */
    private record Version(Row row, long sequence, boolean displacing, long knownEnds) {}

    /** A writer with a copy in hand. */
    private record Pending(Writer writer, Version read, long readAt, boolean computesLate, int server) {}

    private final Random random;
    private final TaskIdentity task;
    private final TaskKind kind;
    private final long[] skews = new long[3];
    private final List<Pending> pending = new ArrayList<>();
    private final List<Entry> history = new ArrayList<>();

    private long clock = BEGINNING;
    private Version held;
    private LifeKey lived;
    private long livedSince;
    private long endsBeforeLived;
    private long endsOfLived;
    private boolean showsAnEnd;

    private Conductor(TaskKind kind, long skew, long seed) {
        this.random = new Random(seed);
        this.kind = kind;
        this.task = new TaskIdentity("t1", "w1", "upload", kind.taskType(), "upload_item");
        for (int server = 0; server < skews.length && skew > 0; server++) {
            skews[server] = random.nextLong(2 * skew + 1) - skew;
        }
        Row first = new Row(kind.begins(), new LifeKey(clock, 0), 0, 0, 0, false, false);
        lived = first.key();
        livedSince = 1;
        held = new Version(first, 1, false, 0);
        record(first, Truth.LIVED, Writer.LOOK_AT);
    }

    /**
     * A history.
     *
     * @param skew how far the clocks of Conductor's servers may be off, ms
     */
    static List<Entry> history(TaskKind kind, long skew, long seed) {
        Conductor conductor = new Conductor(kind, skew, seed);
        while (conductor.history.size() < RECORDS) {
            conductor.step();
        }
        return conductor.history;
    }

    private void step() {
        clock += 1 + random.nextInt(random.nextInt(8) == 0 ? 20_000 : 1_000);
        if (pending.size() == OVERLAPPING || (!pending.isEmpty() && random.nextInt(3) == 0)) {
            land(pending.remove(random.nextInt(pending.size())));
            return;
        }
        List<Writer> candidates = kind.writersOf(held.row()).stream()
                .filter(writer -> pending.stream().noneMatch(other -> writer.excludes(other.writer())))
                .toList();
        if (candidates.isEmpty()) {
            return;
        }
        Writer writer = candidates.get(random.nextInt(candidates.size()));
        Pending begun = new Pending(writer, held, clock, random.nextBoolean(), random.nextInt(skews.length));
        if (random.nextInt(5) < 3) {
            land(begun);
        } else {
            pending.add(begun);
        }
    }

    private void land(Pending write) {
        long now = (write.computesLate() ? clock : write.readAt()) + skews[write.server()];
        Row row = write.writer().change(write.read().row(), now, random);
        long sequence = history.size() + 1L;
        boolean ends = row.status().isTerminal() && !write.read().row().status().isTerminal();
        long knownEnds = write.read().knownEnds() | (ends ? 1L << sequence : 0);
        Truth truth = truth(write, row, knownEnds);
        if (truth.opens() || write.writer().kind() == Writer.Kind.SECOND) {
            lived = row.key();
        }
        if (truth.opens()) {
            livedSince = sequence;
            endsBeforeLived = write.read().knownEnds();
            endsOfLived = 0;
            showsAnEnd = false;
        }
        if (row.key().equals(lived) && row.status().isTerminal()) {
            endsOfLived |= knownEnds & ~endsBeforeLived;
            showsAnEnd = true;
        }
        held = new Version(row, sequence, !row.key().equals(lived), knownEnds);
        record(row, truth, write.writer());
        Version inHand = held;
        write.writer().then().ifPresent(next -> {
            Pending more = new Pending(next, inHand, clock, true, write.server());
            if (random.nextInt(5) > 0) {
                clock += 1 + random.nextInt(200);
                land(more);
            } else {
                pending.add(more);
            }
        });
    }

    private Truth truth(Pending write, Row row, long knownEnds) {
        Writer.Kind what = write.writer().kind();
        Version read = write.read();
        if (what == Writer.Kind.REOPENING) {
            return Truth.REOPENS;
        }
        if (what == Writer.Kind.SECOND) {
            return read.sequence() == livedSince && !showsAnEnd ? Truth.LIVED : Truth.REOPENS;
        }
        if (!row.key().equals(lived)) {
            boolean liesInTheRow = read.displacing() && read.sequence() > livedSince;
            return what == Writer.Kind.PROGRESS && liesInTheRow && !row.equals(read.row())
                    ? Truth.RESUMES
                    : Truth.STALE;
        }
        if (row.status().isTerminal() || !showsAnEnd) {
            return Truth.LIVED;
        }
        if ((endsOfLived & ~knownEnds) != 0) {
            return Truth.LOST;
        }
        return (endsBeforeLived & ~knownEnds) != 0 ? Truth.STALE : Truth.RETURNS;
    }

    private void record(Row row, Truth truth, Writer writer) {
        long sequence = history.size() + 1L;
        history.add(new Entry(
                new StatusEvent(
                        task, row.status(), StatusEvent.NOT_STATED, sequence, clock, Source.CDC, row.evidence()),
                truth,
                writer));
    }
}
