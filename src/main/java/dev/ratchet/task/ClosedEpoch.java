package dev.ratchet.task;

/**
 * An earlier epoch of a task.
 *
 * @param key the key of its records
 * @param highWaterMarks the highest values that its records showed before it ended; its polls are still counted after
 *     that
 */
public record ClosedEpoch(EpochKey key, EpochHighWaterMarks highWaterMarks) {

    /** This epoch after one more copy of it; this object if that adds nothing. */
    ClosedEpoch withEvent(StatusEvent event) {
        int polls = Math.max(highWaterMarks.polls(), event.evidence().pollCount());
        return polls == highWaterMarks.polls()
                ? this
                : new ClosedEpoch(
                        key,
                        new EpochHighWaterMarks(
                                polls,
                                highWaterMarks.started(),
                                highWaterMarks.ended(),
                                highWaterMarks.carried(),
                                highWaterMarks.rerun()));
    }

    /** This epoch after a later one began over a copy of it. */
    ClosedEpoch withOverwrittenCopy(ReportedStatus lastReported) {
        return new ClosedEpoch(
                key, highWaterMarks.with(lastReported.observation().status(), lastReported.evidence()));
    }
}
