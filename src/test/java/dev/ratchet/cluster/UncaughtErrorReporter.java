package dev.ratchet.cluster;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/** Starts a thread that dies of an uncaught error. Kafka creates one reporter per client. */
public final class UncaughtErrorReporter implements MetricsReporter {
    @Override
    public void configure(Map<String, ?> settings) {
        Thread unlucky = new Thread(
                () -> {
                    throw new NoClassDefFoundError("gone");
                },
                "unlucky");
        unlucky.start();
    }

    @Override
    public void init(List<KafkaMetric> metrics) {}

    @Override
    public void metricChange(KafkaMetric metric) {}

    @Override
    public void metricRemoval(KafkaMetric metric) {}

    @Override
    public void close() {}
}
