package dev.ratchet.task;

/**
 * What was last published of a task.
 *
 * @param revision counts the task's changes from 1, across epochs, without a gap
 * @param mark the standing mark the change carried
 * @param timestamp the change's record timestamp, ms; never goes back, so that a versioned table takes every change
 */
public record Publication(long revision, Mark mark, long timestamp) {
    static final Publication NOTHING = new Publication(0, new Mark(TaskStatus.SCHEDULED, -1, 0), 0);

    Publication next(Mark standing) {
        return new Publication(revision + 1, standing, Math.max(timestamp, standing.occurredAt()));
    }

    /** The same, before everything in the order of another source. */
    Publication atBeginning() {
        return new Publication(revision, mark.at(0), timestamp);
    }
}
