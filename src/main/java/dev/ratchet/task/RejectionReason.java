package dev.ratchet.task;

/** Why an event was rejected. */
public enum RejectionReason {
    /** The same report arrived before. */
    DUPLICATE,
    /** A later event arrived before it. */
    OUT_OF_ORDER,
    /** The source went back to a status that must not follow the current one. */
    BACKWARD_TRANSITION,
    /** The task ended a second time, with another status. */
    TERMINAL_CONFLICT,
    /** It belongs to an earlier epoch of the task. */
    STALE_EPOCH,
    /** It comes from another source than the task's, so that their sequences cannot be compared. */
    SOURCE_MISMATCH;

    private final OutcomeKind kind = OutcomeKind.valueOf(name());

    public OutcomeKind kind() {
        return kind;
    }
}
