package dev.ratchet.cluster;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests that share one cluster and one registry. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class OnCluster {
    private KafkaCluster cluster;
    private HttpRegistry registry;
    private Path folder;

    /** Starts the cluster, or reports to {@link Prerequisites} why it cannot. */
    abstract KafkaCluster start(Path folder) throws Exception;

    @BeforeAll
    void startAll(@TempDir Path folder) throws Exception {
        this.folder = folder;
        cluster = start(folder);
        registry = HttpRegistry.start();
    }

    @AfterAll
    void stopAll() {
        if (registry != null) {
            registry.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    KafkaCluster cluster() {
        return cluster;
    }

    /** @param more settings, by name */
    ClusterRun trial(Map<String, String> more) {
        return new ClusterRun(cluster, registry, folder, more);
    }
}
