package dev.ratchet.task;

import dev.ratchet.task.EpochEvidence.Flag;

/**
 * What the source holds now, as far as is known: the latest record by (sequence, phase) in any epoch, or Conductor's
 * answer since.
 *
 * @param observation its status and sequence; of an answer, the sequence at which Conductor was asked
 * @param evidence what else the record carried
 * @param kind how this is known
 */
public record ReportedStatus(Observation observation, EpochEvidence evidence, ReportKind kind) {

    /** How it is known what the source holds. */
    public enum ReportKind {
        REPORTED,
        /** The source has deleted the task since. */
        DELETED,
        /** From Conductor, asked after the record of that sequence by an audit or a repair. */
        ASKED,
        /** From a snapshot of the table; no change has followed. */
        SNAPSHOT
    }

    static ReportedStatus of(StatusEvent event) {
        ReportKind kind = event.source() == EventSource.AUDIT
                ? ReportKind.ASKED
                : event.snapshot() ? ReportKind.SNAPSHOT : ReportKind.REPORTED;
        return new ReportedStatus(event.observation(), event.evidence(), kind);
    }

    public boolean isDeleted() {
        return kind == ReportKind.DELETED;
    }

    /** What the source holds after this event; this object if it holds something later. */
    ReportedStatus updateWith(StatusEvent event) {
        if (event.source() == EventSource.AUDIT) {
            return event.status() == observation.status() ? this : of(event);
        }
        // An answer is later than any record of the sequence it was asked as of, whatever the phase.
        boolean isLater = kind == ReportKind.ASKED
                ? event.sequence() > observation.sequence()
                : event.observation().isLaterThan(observation);
        return isLater ? of(event) : this;
    }

    /** Marks a deletion at this sequence; this object if something later was reported. */
    ReportedStatus markDeleted(long sequence) {
        return isDeleted() || sequence <= observation.sequence()
                ? this
                : new ReportedStatus(observation, evidence, ReportKind.DELETED);
    }

    /** Moves this before everything in the order of another source. */
    ReportedStatus resetSequences() {
        return new ReportedStatus(observation.withSequence(0), evidence, kind);
    }

    /** Conductor answered that it holds this status. */
    ReportedStatus withAnswer(TaskStatus status) {
        return new ReportedStatus(
                new Observation(status, observation.sequence(), observation.occurredAt()), evidence, ReportKind.ASKED);
    }

    /**
     * Whether the record reopens an ended SUB_WORKFLOW task because its child is open again. The end may be without a
     * time.
     */
    boolean isReopenedForChildBy(StatusEvent event) {
        EpochEvidence after = event.evidence();
        return evidence.endTime() == 0
                && evidence.subworkflowChanged() == Flag.NO
                && after.subworkflowChanged() == Flag.YES
                && after.startTime() == evidence.startTime()
                && after.pollCount() == evidence.pollCount();
    }
}
