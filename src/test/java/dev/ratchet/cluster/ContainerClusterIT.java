package dev.ratchet.cluster;

import java.nio.file.Path;

/** The suite on a broker in a container, by Testcontainers: where an engine answers, and has or can get the image. */
class ContainerClusterIT extends ClusterSuite {
    /** If this variable is {@code true}, it is a failure if there is none. */
    private static final String REQUIRED = "TESTCONTAINERS_REQUIRED";

    @Override
    KafkaCluster start(Path folder) throws Exception {
        Needed.nothing(ContainerCluster.missing(), "true".equals(System.getenv(REQUIRED)));
        return new ContainerCluster(Ports.free());
    }
}
