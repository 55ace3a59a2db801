package dev.ratchet.cluster;

import java.nio.file.Path;

/** The suite on a cluster of one's own: where the environment names one. */
class ExternalClusterIT extends ClusterSuite {
    @Override
    KafkaCluster start(Path folder) {
        Needed.nothing(ExternalCluster.missing(), false);
        return new ExternalCluster();
    }
}
