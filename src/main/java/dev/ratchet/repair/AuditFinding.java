package dev.ratchet.repair;

/**
 * What asking Conductor about a task may show. Only {@link #AHEAD} and {@link #BEHIND} are worth an event; {@link #NO_SUCH_TASK},
 * twice running, is as good as a deletion.
 */
public enum AuditFinding {
    /** Conductor holds what was heard. */
    CONSISTENT,
    /** Conductor has gone on, and nobody told. */
    AHEAD,
    /** The task has ended, and Conductor holds that it has not: its end was lost, and nobody told. */
    BEHIND,
    /** Conductor holds another life of the task. Which of the two is later is for its source to say, not for an audit. */
    OTHER_EPOCH,
    /** Conductor has reopened the task on purpose. An audit never does that on its own. */
    REOPENED,
    /** Conductor knows no such task. */
    NO_SUCH_TASK,
    /** The answer is not about this task, or holds a status that Ratchet does not know. */
    UNREADABLE
}
