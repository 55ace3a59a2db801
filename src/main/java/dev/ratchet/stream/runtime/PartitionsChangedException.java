package dev.ratchet.stream.runtime;

/**
 * Topics that must have the same number of partitions got different ones. The message names topic and numbers, and what it
 * means.
 */
public final class PartitionsChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PartitionsChangedException(String message) {
        super(message);
    }

    static PartitionsChangedException whileRunning(String topic, int before, int now) {
        return new PartitionsChangedException(
                ("Expected topic %s to have %d partitions, as when Ratchet started, but it has"
                                + " %d. New events of a task may be on another partition than its state, so Ratchet ends before it"
                                + " mixes them up. Kafka cannot take partitions away: docs/reset.md says what to do")
                        .formatted(topic, before, now));
    }

    static PartitionsChangedException sinceLastRun(String storeChangelog, int inputs, int found) {
        return new PartitionsChangedException(
                ("Expected topic %s to have %d partitions, as the inputs have, but it has %d:"
                                + " since Ratchet last ran, partitions were added to the inputs. State and earlier events of a task"
                                + " may be on another partition than its new events: docs/reset.md says what to do")
                        .formatted(storeChangelog, inputs, found));
    }
}
