package dev.ratchet.task;

/** What became of an event, in one word: the label it is counted under. */
public enum OutcomeKind {
    ACCEPTED,
    CORRECTION,
    UNCHANGED,
    DUPLICATE,
    OUT_OF_ORDER,
    BACKWARD_TRANSITION,
    TERMINAL_CONFLICT,
    STALE_EPOCH,
    SOURCE_MISMATCH,
    IGNORED
}
