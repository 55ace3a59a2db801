package dev.ratchet.task.deadline;

/** What is due when a task is looked at. */
public enum DueAction {
    /** Nothing yet: what was due has moved. */
    NOTHING,
    /** A divergence has lasted. */
    REPAIR,
    /** What its end left behind was kept long enough. */
    DROP,
    /** Nothing was heard for too long. */
    STUCK,
    /** It ended long ago, or nothing was heard of it for very long. */
    FORGET
}
