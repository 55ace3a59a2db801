package dev.ratchet.repair;

/**
 * Result of comparing a task with Conductor's row. Only {@link #AHEAD} and {@link #BEHIND} lead to an event; {@link
 * #NO_SUCH_TASK} twice in a row counts as a deletion.
 */
public enum AuditFinding {

    /** Conductor holds the last reported status. */
    CONSISTENT,

    /** Conductor holds a later status that was not reported. */
    AHEAD,

    /** The task has ended, but Conductor holds an open status: the terminal status was lost, and that was not reported. */
    BEHIND,

    /** Conductor holds another epoch of the task. The source decides which is later, not an audit. */
    OTHER_EPOCH,

    /** Conductor has reopened the task on purpose. An audit never reopens a task. */
    REOPENED,

    /** Conductor does not know the task. */
    NO_SUCH_TASK,

    /** The answer is about another task, or has a status that Ratchet does not know. */
    UNREADABLE
}
