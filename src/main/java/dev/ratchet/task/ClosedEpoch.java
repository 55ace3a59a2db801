package dev.ratchet.task;

/**
 * A life of a task that is over.
 *
 * @param key what its records go by
 * @param reach how far its records reached when it was over; its polls go on being counted
 */
public record ClosedEpoch(EpochKey key, EpochHighWaterMarks reach) {

    /** This life, and one more copy of it; this very object if that adds nothing. */
    ClosedEpoch heard(StatusEvent event) {
        int polls = Math.max(reach.polls(), event.evidence().pollCount());
        return polls == reach.polls()
                ? this
                : new ClosedEpoch(
                        key,
                        new EpochHighWaterMarks(polls, reach.started(), reach.ended(), reach.carried(), reach.rerun()));
    }

    /** This life, after another has begun over a copy of it. */
    ClosedEpoch over(ReportedStatus held) {
        return new ClosedEpoch(key, reach.with(held.mark().status(), held.evidence()));
    }
}
