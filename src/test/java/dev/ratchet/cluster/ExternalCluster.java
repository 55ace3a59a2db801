package dev.ratchet.cluster;

import java.util.Optional;

/** An existing cluster at the address in {@value #BOOTSTRAP}. Never restarted. */
final class ExternalCluster implements KafkaCluster {
    static final String BOOTSTRAP = "RATCHET_KAFKA_BOOTSTRAP";

    /** {@return what is missing and how to provide it; empty if nothing is missing} */
    static Optional<String> missing() {
        return System.getenv().getOrDefault(BOOTSTRAP, "").isBlank()
                ? Optional.of("Expected a Kafka of one's own at " + BOOTSTRAP
                        + ", but it is not set: HOST:PORT, without TLS, where topics may be created and deleted")
                : Optional.empty();
    }

    @Override
    public String bootstrapServers() {
        return System.getenv(BOOTSTRAP);
    }

    @Override
    public boolean canRestart() {
        return false;
    }

    @Override
    public void restart() {
        throw new UnsupportedOperationException("Expected a cluster of our own to restart, but this is somebody's");
    }

    /** Leaves the cluster unchanged. */
    @Override
    public void close() {}
}
