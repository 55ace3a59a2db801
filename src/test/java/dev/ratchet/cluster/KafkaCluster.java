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

    /**
     * {@return how often it has taken a transaction for complete without having marked all of its partitions} What was committed
     * may then be lost or come twice, whatever the client does: Kafka up to 4.3 does so at the start, if it was killed between
     * the two and is the only broker.
     */
    default int unmarkedTransactions() {
        return 0;
    }

    @Override
    void close();
}
