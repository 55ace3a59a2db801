package dev.ratchet.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;

/** All metrics of this process: the registry that holds them, those of the process itself, and Kafka's. */
public final class ApplicationMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ProcessMeters process;
    private final KafkaMeters kafka = new KafkaMeters(registry);

    /**
     * Creates the registry with the metrics of the process.
     *
     * @param version of Ratchet
     * @param state the directory whose disk is watched; need not exist yet
     */
    public ApplicationMetrics(String version, Path state) {
        process = new ProcessMeters(registry, version, state);
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    public KafkaMeters kafka() {
        return kafka;
    }

    @Override
    public void close() {
        kafka.close();
        process.close();
        registry.close();
    }
}
