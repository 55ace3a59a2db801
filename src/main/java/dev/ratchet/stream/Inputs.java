package dev.ratchet.stream;

/**
 * What the topology must know of the topics as they are.
 *
 * @param partitions how many the inputs have, all alike; 1 or more
 * @param maxDeadLetterBytes what the dead letters topic, and the producer, take of one record, in bytes
 * @param partitionCheck throws if the topics have another number of partitions by now
 */
public record Inputs(int partitions, int maxDeadLetterBytes, Runnable partitionCheck) {
    /** Whose partitions are not checked again. */
    public Inputs(int partitions, int maxDeadLetterBytes) {
        this(partitions, maxDeadLetterBytes, () -> {});
    }

    Inputs checkedBy(Runnable check) {
        return new Inputs(partitions, maxDeadLetterBytes, check);
    }

    DeadLetters deadLetters() {
        return new DeadLetters(maxDeadLetterBytes);
    }
}
