package dev.ratchet.stream.topology;

import dev.ratchet.stream.deadletter.DeadLetters;

/**
 * Properties of the existing topics.
 *
 * @param partitions of each input topic; 1 or more
 * @param maxDeadLetterBytes maximum record size of the dead letters topic and the producer, in bytes
 * @param partitionCheck throws if the topics have another number of partitions by now
 */
public record TopologyInputs(int partitions, int maxDeadLetterBytes, Runnable partitionCheck) {
    public TopologyInputs(int partitions, int maxDeadLetterBytes) {
        this(partitions, maxDeadLetterBytes, () -> {});
    }

    DeadLetters deadLetters() {
        return new DeadLetters(maxDeadLetterBytes);
    }
}
