package dev.ratchet.cluster;

import java.nio.file.Path;

/** The suite on a broker in this process. Always runs. */
class EmbeddedClusterIT extends ClusterSuite {
    @Override
    KafkaCluster start(Path folder) {
        return new EmbeddedCluster(folder.resolve("kafka"));
    }
}
