package dev.ratchet.wire;

import dev.ratchet.task.Epoch;
import dev.ratchet.task.Evidence;
import dev.ratchet.task.Evidence.Flag;
import dev.ratchet.task.Happening;
import dev.ratchet.task.Heard;
import dev.ratchet.task.Ledger;
import dev.ratchet.task.Life;
import dev.ratchet.task.Mark;
import dev.ratchet.task.Marks;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.Publication;
import dev.ratchet.task.Repair;
import dev.ratchet.task.Source;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;

/**
 * The form in which a task's state lies in the store: the fields in the order of the records, packed by {@link Packer},
 * sequences and times as distances from the epoch's opening, so that most take two bytes.
 *
 * <p>Enums are stored by their place: new values go to the end. Not thread-safe.
 */
public final class StateCodec {
    /**
     * 5 is that of before the first release; 6 counts the repairs of an epoch. A field of a later format is read as {@code
     * in.format() < 7 ? its default : in.number()}.
     */
    static final StoredFormat FORMAT = new StoredFormat("task state", 5, 6);

    private static final int COUNTS_REPAIRS = 6;

    private static final TaskStatus[] STATUSES = TaskStatus.values();
    private static final Source[] SOURCES = Source.values();
    private static final Flag[] FLAGS = Flag.values();
    private static final OutcomeKind[] KINDS = OutcomeKind.values();
    private static final Repair.Result[] RESULTS = Repair.Result.values();
    private static final Heard.Word[] WORDS = Heard.Word.values();

    private final Packer out = new Packer();

    /** The state as bytes. */
    public byte[] write(TaskState state) {
        return append(state).take(FORMAT);
    }

    /** The state at the beginning of bytes that go on. */
    Packer append(TaskState state) {
        Mark opening = state.epoch().opening();
        out.number(opening.sequence()).number(opening.occurredAt());
        out.number(place(opening.status())).number(place(state.source()));
        write(state.task());
        EpochCodec.write(state.epoch(), opening, out);
        write(state.marks(), opening);
        write(state.standing(), opening);
        write(state.heard().mark(), opening);
        write(state.heard().evidence());
        out.number(place(state.heard().word()));
        write(state.published().mark(), opening);
        out.number(state.published().revision()).number(state.published().timestamp() - opening.occurredAt());
        write(state.ledger(), opening);
        return out;
    }

    /**
     * The state that these bytes hold.
     *
     * @throws UnreadableStateException if they are of a format that is not read, or they are broken
     */
    public TaskState read(byte[] bytes) {
        return Unpacker.whole(bytes, FORMAT, StateCodec::state);
    }

    static TaskState state(Unpacker in) {
        long sequence = in.number();
        long occurredAt = in.number();
        Mark opening = new Mark(STATUSES[in.count()], sequence, occurredAt);
        Source source = SOURCES[in.count()];
        TaskIdentity task = new TaskIdentity(in.id(), in.id(), in.text(), in.text(), in.text());
        Epoch epoch = EpochCodec.read(in, opening);
        Life life = new Life(epoch, marks(in, opening), mark(in, opening));
        Heard heard = new Heard(mark(in, opening), evidence(in), WORDS[in.count()]);
        Mark publishedMark = mark(in, opening);
        Publication published = new Publication(in.number(), publishedMark, in.number() + opening.occurredAt());
        return new TaskState(task, source, life, heard, published, ledger(in, opening));
    }

    private void write(TaskIdentity task) {
        out.id(task.taskId()).id(task.workflowId()).text(task.workflowType());
        out.text(task.taskType()).text(task.referenceTaskName());
    }

    private void write(Marks marks, Mark opening) {
        out.number(marks.statuses());
        long[] spans = marks.spans();
        for (int i = 0; i < spans.length; i += 2) {
            out.number(spans[i] - opening.sequence()).number(spans[i + 1] - opening.occurredAt());
        }
    }

    private static Marks marks(Unpacker in, Mark opening) {
        int statuses = in.count();
        long[] spans = new long[4 * Integer.bitCount(statuses)];
        for (int i = 0; i < spans.length; i += 2) {
            spans[i] = in.number() + opening.sequence();
            spans[i + 1] = in.number() + opening.occurredAt();
        }
        return Marks.of(statuses, spans);
    }

    private void write(Mark mark, Mark opening) {
        out.number(place(mark.status())).number(mark.sequence() - opening.sequence());
        out.number(mark.occurredAt() - opening.occurredAt());
    }

    private static Mark mark(Unpacker in, Mark opening) {
        return new Mark(STATUSES[in.count()], in.number() + opening.sequence(), in.number() + opening.occurredAt());
    }

    private void write(Evidence evidence) {
        EpochCodec.write(evidence.key(), out);
        out.number(evidence.startTime()).number(evidence.endTime()).number(evidence.pollCount());
        out.number(place(evidence.executed())).number(place(evidence.subworkflowChanged()));
        out.number(evidence.responseTimeoutSeconds()).number(evidence.callbackAfterSeconds());
    }

    private static Evidence evidence(Unpacker in) {
        return new Evidence(
                EpochCodec.key(in),
                in.number(),
                in.number(),
                in.count(),
                FLAGS[in.count()],
                FLAGS[in.count()],
                in.number(),
                in.number());
    }

    private void write(Ledger ledger, Mark opening) {
        out.number(ledger.lostUpdates());
        Repair repair = ledger.repair();
        out.number(repair.heardSequence()).number(repair.attempt()).number(place(repair.result()));
        out.number(repair.issued());
        out.list(ledger.timeline(), happening -> {
            out.number(place(happening.kind()));
            write(happening.mark(), opening);
        });
        out.number(ledger.stuck() ? 1 : 0);
    }

    private static Ledger ledger(Unpacker in, Mark opening) {
        return new Ledger(
                in.count(),
                repair(in),
                in.list(() -> new Happening(KINDS[in.count()], mark(in, opening))),
                in.count() == 1);
    }

    private static Repair repair(Unpacker in) {
        long heardSequence = in.number();
        int attempt = in.count();
        Repair.Result result = RESULTS[in.count()];
        return new Repair(heardSequence, attempt, in.format() < COUNTS_REPAIRS ? attempt : in.count(), result);
    }

    @SuppressWarnings("EnumOrdinal") // ReleasedFormatsTest keeps their places
    static int place(Enum<?> value) {
        return value.ordinal();
    }
}
