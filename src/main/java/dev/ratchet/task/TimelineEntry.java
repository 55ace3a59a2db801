package dev.ratchet.task;

/**
 * One entry in a task's timeline: an event that changed the state, and its outcome.
 *
 * @param kind the outcome
 * @param observation what the event reported
 */
public record TimelineEntry(OutcomeKind kind, Observation observation) {
    /** Number of entries in a state. The topics hold the older ones. */
    public static final int MAX_ENTRIES = 8;
}
