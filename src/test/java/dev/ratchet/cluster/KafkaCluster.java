package dev.ratchet.cluster;

/** A Kafka that the suite runs on, of whatever kind. Of one's own making or not: who starts it closes it. */
interface KafkaCluster extends AutoCloseable {
    /** {@return for {@code bootstrap.servers}; the same before and after a restart} */
    String bootstrapServers();

    /** {@return whether it is ours to restart} */
    boolean canRestart();

    /**
     * Stops the broker, starts it again with the same data at the same address, and returns once it answers.
     *
     * @throws UnsupportedOperationException unless {@link #canRestart}
     */
    void restart() throws Exception;

    @Override
    void close();
}
