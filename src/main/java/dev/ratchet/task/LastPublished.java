package dev.ratchet.task;

/**
 * What was last published of a task.
 *
 * @param revision counts the task's changes from 1, across epochs, without a gap
 * @param observation the standing mark the change carried
 * @param timestamp the change's record timestamp, ms; never goes back, so that a versioned table takes every change
 */
public record LastPublished(long revision, Observation observation, long timestamp) {
    /** How far the clocks of two instances may differ, ms: well within what brokers allow, which is an hour. */
    private static final long CLOCKS_APART = 300_000;

    static final LastPublished NOTHING = new LastPublished(0, new Observation(TaskStatus.SCHEDULED, -1, 0), 0);

    /** One more change, which is to get a timestamp of its own. */
    LastPublished next(Observation current) {
        return new LastPublished(revision + 1, current, timestamp);
    }

    /**
     * The same with the timestamp of a record that is published now because of one of that time, both ms: between the
     * two, but not before the task's last one. One that lies far ahead of now was given by a clock that was wrong, and
     * does not count: the broker would refuse to be given such a one again.
     */
    LastPublished at(long recordTime, long now) {
        long earliest = Math.min(recordTime, now);
        return new LastPublished(
                revision, observation, timestamp > now + CLOCKS_APART ? earliest : Math.max(timestamp, earliest));
    }

    /** The same, before everything in the order of another source. */
    LastPublished atBeginning() {
        return new LastPublished(revision, observation.at(0), timestamp);
    }
}
