package dev.ratchet.task.sim;

import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.sim.EpochTracker.Version;
import dev.ratchet.task.sim.Write.Effect;
import dev.ratchet.task.sim.Write.Lock;
import dev.ratchet.task.sim.WriterView.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One task's row and its many writers, each of which reads it at one time and writes it at another. A history is a
 * function of the seed.
 */
final class Conductor {
    private static final int RECORDS = 24;
    private static final long BEGINNING = 1_800_000_000_000L;

    /**
     * A writer with a copy in hand.
     *
     * @param queued how often the task had been put into its queue when it began
     */
    private record Pending(
            Writer writer, Version read, WriterView seen, long readAt, boolean computesLate, int server, int queued) {}

    private final Random random;
    private final TaskIdentity task;
    private final TaskKind kind;
    private final Mode mode;
    private final Set<TaskTrait> traits;
    private final long[] skews = new long[3];
    private final List<Pending> pending = new ArrayList<>();
    private final List<Entry> history = new ArrayList<>();
    private final EpochTracker epochs;

    private long clock = BEGINNING;
    private Workflow workflow = Workflow.RUNS;
    private int queued;

    private Conductor(TaskKind kind, Mode mode, long skew, long seed) {
        this.random = new Random(seed);
        this.kind = kind;
        this.mode = mode;
        this.task = new TaskIdentity("t1", "w1", "upload", kind.taskType(), "upload_item");
        for (int server = 0; server < skews.length && skew > 0; server++) {
            skews[server] = random.nextLong(2 * skew + 1) - skew;
        }
        this.traits = TaskTrait.of(kind, random);
        boolean retried = !kind.isContainer() && random.nextInt(5) == 0;
        Row first = retried ? kind.retried(traits.contains(TaskTrait.PERMISSIVE)) : kind.created(clock);
        epochs = new EpochTracker(first);
        landFirst(first, retried ? RetryWriter.RETRY_WRITES_NEW : DecideWriter.SCHEDULE);
    }

    private void landFirst(Row row, Writer writer) {
        record(row, writer);
        writer.then(seen()).ifPresent(next -> {
            clock += 1;
            Version read = epochs.held();
            Row more = next.change(seen(), clock, random);
            epochs.land(next.kind(), read, more, history.size() + 1L);
            landFirst(more, next);
        });
    }

    /**
     * A history of writers that get into each other's way.
     *
     * @param skew how far the clocks of Conductor's servers may be off, ms
     */
    static List<Entry> history(TaskKind kind, long skew, long seed) {
        return history(kind, Mode.ADVERSARIAL, skew, seed);
    }

    static List<Entry> history(TaskKind kind, Mode mode, long skew, long seed) {
        Conductor conductor = new Conductor(kind, mode, skew, seed);
        while (conductor.history.size() < RECORDS) {
            conductor.step();
        }
        return List.copyOf(conductor.history.subList(0, RECORDS));
    }

    private void step() {
        clock += 1 + random.nextInt(random.nextInt(8) == 0 ? 20_000 : 1_000);
        boolean full = pending.size() == mode.most();
        if (!pending.isEmpty() && (full || random.nextInt(3) == 0)) {
            landOneOfThem();
            return;
        }
        WriterView seen = seen();
        List<Writer> candidates = kind.writersOf(seen).stream()
                .filter(writer -> mode.allows(writer, seen) && isFree(writer))
                .toList();
        boolean nothingToDo = !seen.isOpen() && seen.runs();
        if (nothingToDo && (candidates.isEmpty() || random.nextInt(4) == 0)) {
            workflow = Workflow.HAS_ENDED;
        } else if (!candidates.isEmpty()) {
            begin(candidates.get(random.nextInt(candidates.size())), seen);
        }
    }

    private void landOneOfThem() {
        Pending chosen = pending.get(random.nextInt(pending.size()));
        Pending next = chosen.writer().write().lock() == Lock.WORKFLOW_TO_WRITE
                ? holderOfTheLock().orElse(chosen)
                : chosen;
        pending.remove(next);
        land(next);
    }

    private Optional<Pending> holderOfTheLock() {
        return pending.stream()
                .filter(other -> other.writer().write().lock() == Lock.WORKFLOW)
                .findFirst();
    }

    private void begin(Writer writer, WriterView seen) {
        clock += writer.isByHand() ? mode.patience() : 0;
        Pending begun = pending(writer, epochs.held(), seen);
        if (writer.causes(Effect.REOPENS_WORKFLOW)) {
            workflow = Workflow.RUNS;
        }
        Optional<Writer> beside =
                writer.beside(kind).filter(other -> random.nextInt(3) == 0 && other.hasToDoWith(seen) && isFree(other));
        if (beside.isPresent()) {
            land(pending(beside.get(), begun.read(), seen));
            clock += 1 + random.nextInt(50);
            land(begun);
        } else if (random.nextInt(100) < mode.overlap() || waits(writer)) {
            pending.add(begun);
        } else {
            land(begun);
        }
    }

    /** Whether another holds the lock that it needs to write. */
    private boolean waits(Writer writer) {
        return writer.write().lock() == Lock.WORKFLOW_TO_WRITE
                && holderOfTheLock().isPresent();
    }

    private void land(Pending write) {
        long now = (write.computesLate() ? clock : write.readAt()) + skews[write.server()];
        Row row = write.writer().change(write.seen(), now, random);
        epochs.land(write.writer().kind(), write.read(), row, history.size() + 1L);
        record(row, write.writer());
        if (write.writer().causes(Effect.ENDS_WORKFLOW)) {
            workflow = Workflow.HAS_ENDED;
        }
        queued += write.writer().causes(Effect.QUEUES) ? 1 : 0;
        WriterView written = new WriterView(kind, traits, row, workflow);
        write.writer().then(written).ifPresent(next -> {
            Pending more = new Pending(next, epochs.held(), written, clock, true, write.server(), write.queued());
            if (mode.overlap() == 0 || random.nextInt(5) > 0) {
                clock += 1 + random.nextInt(200);
                land(more);
            } else {
                pending.add(more);
            }
        });
    }

    private WriterView seen() {
        return new WriterView(kind, traits, epochs.held().row(), workflow);
    }

    private Pending pending(Writer writer, Version read, WriterView seen) {
        return new Pending(writer, read, seen, clock, random.nextBoolean(), random.nextInt(skews.length), queued);
    }

    /** Whether no other keeps it away. */
    private boolean isFree(Writer writer) {
        Lock lock = writer.write().lock();
        return pending.stream().noneMatch(other -> {
            boolean sameLock =
                    lock != Lock.NONE && lock == other.writer().write().lock();
            boolean sameMessage = lock != Lock.MESSAGE || other.queued() == queued;
            return (sameLock && sameMessage)
                    || (writer.isByHand() && other.writer().isByHand());
        });
    }

    private void record(Row row, Writer writer) {
        long sequence = history.size() + 1L;
        history.add(new Entry(
                new StatusEvent(
                        task, row.status(), StatusEvent.NOT_STATED, sequence, clock, EventSource.CDC, row.evidence()),
                epochs.truth(),
                writer));
    }
}
