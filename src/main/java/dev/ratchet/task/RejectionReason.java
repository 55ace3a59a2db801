package dev.ratchet.task;

/** Why an event was refused. */
public enum RejectionReason {
    /** Exactly this report was heard before. */
    DUPLICATE(OutcomeKind.DUPLICATE),
    /** It tells an old story: something later was heard. */
    OUT_OF_ORDER(OutcomeKind.OUT_OF_ORDER),
    /** The source went back to a status that must not follow the one that stands. */
    BACKWARD_TRANSITION(OutcomeKind.BACKWARD_TRANSITION),
    /** The task ended once more, otherwise. */
    TERMINAL_CONFLICT(OutcomeKind.TERMINAL_CONFLICT),
    /** It belongs to a life of the task that is over. */
    STALE_EPOCH(OutcomeKind.STALE_EPOCH),
    /** It comes from another source than the task's, whose order does not compare. */
    SOURCE_MISMATCH(OutcomeKind.SOURCE_MISMATCH);

    private final OutcomeKind kind;

    RejectionReason(OutcomeKind kind) {
        this.kind = kind;
    }

    public OutcomeKind kind() {
        return kind;
    }
}
