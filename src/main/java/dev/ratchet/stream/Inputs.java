package dev.ratchet.stream;

/**
 * What the topology must know of the topics as they are.
 *
 * @param partitions how many the inputs have, all alike; 1 or more
 * @param maxDeadLetterBytes what the dead letters topic, and the producer, take of one record, in bytes
 */
public record Inputs(int partitions, int maxDeadLetterBytes) {
    DeadLetters deadLetters() {
        return new DeadLetters(maxDeadLetterBytes);
    }
}
