package dev.ratchet.task;

/**
 * A life of a task that is over.
 *
 * @param key what its records go by
 * @param highWaterMarks how far its records reached when it was over; its polls go on being counted
 */
public record ClosedEpoch(EpochKey key, EpochHighWaterMarks highWaterMarks) {

    /** This life, and one more copy of it; this very object if that adds nothing. */
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

    /** This life, after another has begun over a copy of it. */
    ClosedEpoch over(ReportedStatus held) {
        return new ClosedEpoch(key, highWaterMarks.with(held.observation().status(), held.evidence()));
    }
}
