package dev.ratchet.cluster;

import java.nio.file.Path;

/** The suite on a broker in a container, if a container engine is available and has or can pull the image. */
class ContainerClusterIT extends ClusterSuite {
    /** If this variable is {@code true}, a missing engine is a failure. */
    private static final String REQUIRED = "TESTCONTAINERS_REQUIRED";

    @Override
    KafkaCluster start(Path folder) throws Exception {
        Prerequisites.skipIfMissing(ContainerCluster.missing(), "true".equals(System.getenv(REQUIRED)));
        return new ContainerCluster(Ports.free());
    }
}
