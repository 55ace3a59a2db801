package dev.ratchet.cluster;

import dev.ratchet.demo.broker.EmbeddedKafka;
import java.nio.file.Path;

/** A broker in this process. A restart stops it cleanly. */
final class EmbeddedCluster implements KafkaCluster {
    private final EmbeddedKafka kafka;

    EmbeddedCluster(Path folder) {
        kafka = EmbeddedKafka.start(folder);
    }

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public boolean canRestart() {
        return true;
    }

    @Override
    public void restart() {
        kafka.restart();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
