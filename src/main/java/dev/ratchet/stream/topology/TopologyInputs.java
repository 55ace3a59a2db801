package dev.ratchet.stream.topology;

import dev.ratchet.stream.deadletter.DeadLetters;

/**
 * What the topology must know of the topics as they are.
 *
 * @param partitions how many the inputs have, all alike; 1 or more
 * @param maxDeadLetterBytes what the dead letters topic, and the producer, take of one record, in bytes
 * @param partitionCheck throws if the topics have another number of partitions by now
 */
public record TopologyInputs(int partitions, int maxDeadLetterBytes, Runnable partitionCheck) {
    /** Whose partitions are not checked again. */
    public TopologyInputs(int partitions, int maxDeadLetterBytes) {
        this(partitions, maxDeadLetterBytes, () -> {});
    }

    public TopologyInputs checkedBy(Runnable check) {
        return new TopologyInputs(partitions, maxDeadLetterBytes, check);
    }

    DeadLetters deadLetters() {
        return new DeadLetters(maxDeadLetterBytes);
    }
}
