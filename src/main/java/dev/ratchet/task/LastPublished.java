package dev.ratchet.task;

/**
 * What was last published of a task.
 *
 * @param revision counts the task's changes from 1, across epochs, without a gap
 * @param observation the current observation that the change carried
 * @param timestamp the change's record timestamp, ms; never goes back, so that a versioned table takes every change
 */
public record LastPublished(long revision, Observation observation, long timestamp) {
    /**
     * Largest plausible difference between the clocks of two instances, ms. Brokers reject timestamps that are an hour
     * ahead.
     */
    private static final long MAX_CLOCK_DIFFERENCE = 300_000;

    static final LastPublished NOTHING = new LastPublished(0, new Observation(TaskStatus.SCHEDULED, -1, 0), 0);

    /** Counts one more change, which then needs a timestamp of its own. */
    LastPublished withNextRevision(Observation current) {
        return new LastPublished(revision + 1, current, timestamp);
    }

    /**
     * Sets the timestamp of a change that is published now because of a record of that time, both ms: between the two,
     * but not before the task's last change. A last change far ahead of now has a timestamp from a wrong clock and is
     * not counted: the broker would reject it again.
     */
    LastPublished withTimestamp(long recordTime, long now) {
        long earliest = Math.min(recordTime, now);
        return new LastPublished(
                revision,
                observation,
                timestamp > now + MAX_CLOCK_DIFFERENCE ? earliest : Math.max(timestamp, earliest));
    }

    /** Moves this before everything in the order of another source. */
    LastPublished resetSequences() {
        return new LastPublished(revision, observation.withSequence(0), timestamp);
    }
}
