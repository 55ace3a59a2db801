package dev.ratchet.cluster;

import java.nio.file.Path;

/** The suite on an existing cluster, if the environment names one. */
class ExternalClusterIT extends ClusterSuite {
    @Override
    KafkaCluster start(Path folder) {
        Prerequisites.skipIfMissing(ExternalCluster.missing(), false);
        return new ExternalCluster();
    }
}
