package dev.ratchet.stream.runtime;

/**
 * Topics that must have the same number of partitions have different ones. The message names topic and numbers, and the
 * consequence.
 */
public final class PartitionsChangedException extends RuntimeException {
    private PartitionsChangedException(String message) {
        super(message);
    }

    static PartitionsChangedException whileRunning(String topic, int before, int now) {
        return new PartitionsChangedException(
                ("Expected topic %s to have %d partitions, as at the start of Ratchet, but it has %d. New events of"
                                + " a task may be on another partition than its state, so Ratchet stops before it"
                                + " processes them. Kafka cannot remove partitions: see docs/reset.md")
                        .formatted(topic, before, now));
    }

    static PartitionsChangedException sinceLastRun(String storeChangelog, int inputs, int found) {
        return new PartitionsChangedException(
                ("Expected topic %s to have %d partitions, as the inputs have, but it has %d: partitions were added"
                                + " to the inputs since the last run. State and earlier events of a task may be on"
                                + " another partition than its new events: see docs/reset.md")
                        .formatted(storeChangelog, inputs, found));
    }
}
