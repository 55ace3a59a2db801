package dev.ratchet.state;

import dev.ratchet.task.Epoch;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochState;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.LastPublished;
import dev.ratchet.task.Observation;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.ReportedStatus;
import dev.ratchet.task.StatusHistory;
import dev.ratchet.task.TaskBookkeeping;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.TimelineEntry;

/**
 * Encodes a task's state for the store: the fields in the order of the records, packed by {@link VarintWriter}. Sequences and
 * times are distances from the epoch's opening, so that most take two bytes.
 *
 * <p>Enums are stored by their ordinal: new values go to the end. Not thread-safe.
 */
final class TaskStateCodec {
    /**
     * Format 5 is older than the first release; 6 adds the number of repairs in an epoch. A field of a later format is read as {@code
     * in.format() < 7 ? its default : in.number()}.
     */
    static final StateFormat FORMAT = new StateFormat("task state", 5, 6);

    private static final int WITH_REPAIR_COUNT = 6;

    private static final TaskStatus[] STATUSES = TaskStatus.values();
    private static final EventSource[] SOURCES = EventSource.values();
    private static final Flag[] FLAGS = Flag.values();
    private static final OutcomeKind[] KINDS = OutcomeKind.values();
    private static final RepairState.Result[] RESULTS = RepairState.Result.values();
    private static final ReportedStatus.ReportKind[] REPORT_KINDS = ReportedStatus.ReportKind.values();

    private final VarintWriter out = new VarintWriter();

    /** Appends a state; the caller may append more. */
    VarintWriter append(TaskState state) {
        Observation opening = state.epoch().opening();
        out.number(opening.sequence()).number(opening.occurredAt());
        out.number(ordinal(opening.status())).number(ordinal(state.source()));
        write(state.task());
        EpochCodec.write(state.epoch(), opening, out);
        write(state.history(), opening);
        write(state.current(), opening);
        write(state.lastReported().observation(), opening);
        write(state.lastReported().evidence());
        out.number(ordinal(state.lastReported().kind()));
        write(state.published().observation(), opening);
        out.number(state.published().revision()).number(state.published().timestamp() - opening.occurredAt());
        write(state.bookkeeping(), opening);
        return out;
    }

    static TaskState state(VarintReader in) {
        long sequence = in.number();
        long occurredAt = in.number();
        Observation opening = new Observation(STATUSES[in.count()], sequence, occurredAt);
        EventSource source = SOURCES[in.count()];
        TaskIdentity task = new TaskIdentity(in.id(), in.id(), in.text(), in.text(), in.text());
        Epoch epoch = EpochCodec.read(in, opening);
        EpochState epochState = new EpochState(epoch, history(in, opening), observation(in, opening));
        ReportedStatus lastReported =
                new ReportedStatus(observation(in, opening), evidence(in), REPORT_KINDS[in.count()]);
        Observation publishedObservation = observation(in, opening);
        LastPublished published =
                new LastPublished(in.number(), publishedObservation, in.number() + opening.occurredAt());
        return new TaskState(task, source, epochState, lastReported, published, bookkeeping(in, opening));
    }

    private void write(TaskIdentity task) {
        out.id(task.taskId()).id(task.workflowId()).text(task.workflowType());
        out.text(task.taskType()).text(task.referenceTaskName());
    }

    private void write(StatusHistory history, Observation opening) {
        out.number(history.statuses());
        long[] spans = history.spans();
        for (int i = 0; i < spans.length; i += 2) {
            out.number(spans[i] - opening.sequence()).number(spans[i + 1] - opening.occurredAt());
        }
    }

    private static StatusHistory history(VarintReader in, Observation opening) {
        int statuses = in.count();
        long[] spans = new long[4 * Integer.bitCount(statuses)];
        for (int i = 0; i < spans.length; i += 2) {
            spans[i] = in.number() + opening.sequence();
            spans[i + 1] = in.number() + opening.occurredAt();
        }
        return StatusHistory.of(statuses, spans);
    }

    private void write(Observation observation, Observation opening) {
        out.number(ordinal(observation.status())).number(observation.sequence() - opening.sequence());
        out.number(observation.occurredAt() - opening.occurredAt());
    }

    private static Observation observation(VarintReader in, Observation opening) {
        return new Observation(
                STATUSES[in.count()], in.number() + opening.sequence(), in.number() + opening.occurredAt());
    }

    private void write(EpochEvidence evidence) {
        EpochCodec.write(evidence.key(), out);
        out.number(evidence.startTime()).number(evidence.endTime()).number(evidence.pollCount());
        out.number(ordinal(evidence.executed())).number(ordinal(evidence.subworkflowChanged()));
        out.number(evidence.responseTimeoutSeconds()).number(evidence.callbackAfterSeconds());
    }

    private static EpochEvidence evidence(VarintReader in) {
        return new EpochEvidence(
                EpochCodec.key(in),
                in.number(),
                in.number(),
                in.count(),
                FLAGS[in.count()],
                FLAGS[in.count()],
                in.number(),
                in.number());
    }

    private void write(TaskBookkeeping bookkeeping, Observation opening) {
        out.number(bookkeeping.lostUpdates());
        RepairState repair = bookkeeping.repair();
        out.number(repair.lastReportedSequence()).number(repair.attempt()).number(ordinal(repair.result()));
        out.number(repair.issued());
        out.list(bookkeeping.timeline(), entry -> {
            out.number(ordinal(entry.kind()));
            write(entry.observation(), opening);
        });
        out.number(bookkeeping.stuck() ? 1 : 0);
    }

    private static TaskBookkeeping bookkeeping(VarintReader in, Observation opening) {
        return new TaskBookkeeping(
                in.count(),
                repair(in),
                in.list(() -> new TimelineEntry(KINDS[in.count()], observation(in, opening))),
                in.count() == 1);
    }

    private static RepairState repair(VarintReader in) {
        long lastReportedSequence = in.number();
        int attempt = in.count();
        RepairState.Result result = RESULTS[in.count()];
        return new RepairState(
                lastReportedSequence, attempt, in.format() < WITH_REPAIR_COUNT ? attempt : in.count(), result);
    }

    @SuppressWarnings("EnumOrdinal") // ReleasedFormatsTest checks the ordinals
    static int ordinal(Enum<?> value) {
        return value.ordinal();
    }
}
