package dev.ratchet.task;

/** The result of an event, as a label for counters and timelines. */
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
