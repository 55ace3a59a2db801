package dev.ratchet.task;

/**
 * One line of a task's timeline: an event that taught Ratchet something, and what became of it.
 *
 * @param kind what became of it
 * @param observation what it reported
 */
public record TimelineEntry(OutcomeKind kind, Observation observation) {
    /** How many a state keeps; the older ones are on the topics. */
    public static final int REMEMBERED = 8;
}
