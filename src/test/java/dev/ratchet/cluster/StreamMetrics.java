package dev.ratchet.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * Metrics of the streams in this process and of their clients. Kafka creates the reporters, one per client, from the name
 * of the class; therefore everything is static and separated by client id.
 */
public final class StreamMetrics implements MetricsReporter {
    private static final Map<MetricName, KafkaMetric> MEASURED = new ConcurrentHashMap<>();
    private static final Map<MetricName, Double> LAST = new ConcurrentHashMap<>();

    /** {@return the sum of a metric over all current clients with this client id} */
    static double now(String clientId, String metric) {
        return sum(current(clientId, metric));
    }

    /** {@return the sum of a count over all current and former clients with this client id} */
    static double total(String clientId, String metric) {
        Stream<Map.Entry<MetricName, Double>> ended =
                LAST.entrySet().stream().filter(last -> belongs(last.getKey(), clientId, metric));
        return sum(Stream.concat(current(clientId, metric), ended));
    }

    /** {@return the current values of a metric by partition of the task} */
    static Map<Integer, Double> byPartition(String clientId, String metric) {
        return current(clientId, metric)
                .collect(Collectors.toMap(
                        measured -> partition(measured.getKey().tags().get("task-id")), Map.Entry::getValue));
    }

    private static Stream<Map.Entry<MetricName, Double>> current(String clientId, String metric) {
        return MEASURED.values().stream()
                .filter(measured -> belongs(measured.metricName(), clientId, metric))
                .map(measured -> Map.entry(measured.metricName(), value(measured)));
    }

    private static double sum(Stream<Map.Entry<MetricName, Double>> measured) {
        return measured.mapToDouble(Map.Entry::getValue).sum();
    }

    private static boolean belongs(MetricName name, String clientId, String metric) {
        return name.name().equals(metric)
                && name.tags().values().stream()
                        .anyMatch(tag -> tag.equals(clientId) || tag.startsWith(clientId + "-"));
    }

    private static Integer partition(String task) {
        return Integer.valueOf(task.substring(task.indexOf('_') + 1));
    }

    private static double value(KafkaMetric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
        metrics.forEach(this::metricChange);
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        MEASURED.put(metric.metricName(), metric);
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        if (MEASURED.remove(metric.metricName()) != null) {
            LAST.merge(metric.metricName(), value(metric), Double::sum);
        }
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
