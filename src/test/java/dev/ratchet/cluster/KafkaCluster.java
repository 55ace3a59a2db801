package dev.ratchet.cluster;

/** A Kafka cluster that the suite runs on. The code that starts it closes it. */
interface KafkaCluster extends AutoCloseable {
    /** {@return the value for {@code bootstrap.servers}; unchanged by a restart} */
    String bootstrapServers();

    /** {@return whether the suite may restart it} */
    boolean canRestart();

    /**
     * Stops the broker, starts it again with the same data at the same address, and returns once it answers.
     *
     * @throws UnsupportedOperationException unless {@link #canRestart}
     */
    void restart() throws Exception;

    /**
     * {@return how often it completed a transaction without writing markers to all of its partitions} Committed records
     * may then be lost or duplicated, whatever the client does: Kafka up to 4.3 does so at startup if it was killed between
     * the two and is the only broker.
     */
    default int unmarkedTransactions() {
        return 0;
    }

    @Override
    void close();
}
