package dev.ratchet.task.deadline;

/** The action that is due when a task's timer fires. */
public enum DueAction {
    /** Nothing: the deadline has moved. */
    NOTHING,
    /** A divergence has lasted for the settle time. */
    REPAIR,
    /** The retention time of the captured output is over. */
    DROP,
    STUCK,
    FORGET
}
