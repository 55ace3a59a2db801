package dev.ratchet.metrics;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Which of Kafka's metrics are published: those that dashboards for Kafka Streams chart and that have a value at Kafka's
 * recording level INFO. A fixed number for each client, thread and topic, and few for each partition. Not published: the
 * values of RocksDB, which are not safe to read (KAFKA-10025), and what the restore consumer and the admin clients measure.
 */
final class PublishedKafkaMetrics {
    private static final String CLIENT = "client-id";
    private static final String THREAD = "thread-id";
    private static final String TASK = "task-id";
    private static final String TOPIC = "topic";
    private static final String RESTORE_CONSUMER = "restore-consumer";

    /** A group of metrics, and the tags that tell metrics of one name apart: by client, by topic, by partition. */
    private record Family(String group, Set<String> tags) {}

    private static final Map<Family, Set<String>> NAMES = Map.ofEntries(
            // Not a number: Micrometer reads it for the tag kafka_version.
            family(Set.of("version"), "app-info", CLIENT),
            family(Set.of("alive-stream-threads", "failed-stream-threads"), "stream-metrics", CLIENT),
            family(Set.of("client-state"), "stream-metrics", CLIENT, "application-id", "process-id"),
            family(Set.of("thread-state"), "stream-thread-metrics", THREAD, "process-id"),
            family(
                    Set.of(
                            "blocked-time-ns-total",
                            "commit-latency-avg",
                            "commit-latency-max",
                            "commit-rate",
                            "commit-ratio",
                            "commit-total",
                            "poll-ratio",
                            "process-latency-avg",
                            "process-latency-max",
                            "process-rate",
                            "process-ratio",
                            "process-total",
                            "punctuate-latency-avg",
                            "punctuate-latency-max",
                            "punctuate-rate",
                            "punctuate-ratio",
                            "punctuate-total"),
                    "stream-thread-metrics",
                    THREAD),
            family(
                    Set.of("active-restoring-tasks", "restore-records-rate", "standby-updating-tasks"),
                    "stream-state-updater-metrics",
                    THREAD),
            family(
                    Set.of("dropped-records-total", "restore-remaining-records-total"),
                    "stream-task-metrics",
                    THREAD,
                    TASK),
            family(
                    Set.of(
                            "assigned-partitions",
                            "commit-latency-avg",
                            "commit-rate",
                            "failed-rebalance-rate-per-hour",
                            "failed-rebalance-total",
                            "last-heartbeat-seconds-ago",
                            "last-rebalance-seconds-ago",
                            "rebalance-latency-max",
                            "rebalance-rate-per-hour",
                            "rebalance-total"),
                    "consumer-coordinator-metrics",
                    CLIENT),
            family(
                    Set.of("fetch-latency-avg", "fetch-latency-max", "fetch-throttle-time-avg", "records-lag-max"),
                    "consumer-fetch-manager-metrics",
                    CLIENT),
            family(
                    Set.of("bytes-consumed-total", "records-consumed-rate", "records-consumed-total"),
                    "consumer-fetch-manager-metrics",
                    CLIENT,
                    TOPIC),
            family(Set.of("records-lag"), "consumer-fetch-manager-metrics", CLIENT, TOPIC, "partition"),
            family(
                    Set.of(
                            "connection-count",
                            "connection-creation-total",
                            "failed-authentication-total",
                            "last-poll-seconds-ago",
                            "poll-idle-ratio-avg",
                            "time-between-poll-max"),
                    "consumer-metrics",
                    CLIENT),
            family(
                    Set.of(
                            "batch-size-avg",
                            "buffer-available-bytes",
                            "connection-count",
                            "connection-creation-total",
                            "failed-authentication-total",
                            "outgoing-byte-total",
                            "produce-throttle-time-avg",
                            "record-error-total",
                            "record-queue-time-avg",
                            "record-retry-total",
                            "record-send-total",
                            "request-latency-avg",
                            "request-latency-max",
                            "requests-in-flight",
                            "txn-commit-time-ns-total"),
                    "producer-metrics",
                    CLIENT),
            family(
                    Set.of("byte-total", "record-error-total", "record-send-total"),
                    "producer-topic-metrics",
                    CLIENT,
                    TOPIC));

    private PublishedKafkaMetrics() {}

    private static Map.Entry<Family, Set<String>> family(Set<String> names, String group, String... tags) {
        return Map.entry(new Family(group, Set.of(tags)), names);
    }

    /** {@return the published ones of these} Reads no value. */
    static Map<MetricName, Metric> of(Map<MetricName, ? extends Metric> all) {
        Map<MetricName, Metric> published = new LinkedHashMap<>();
        all.forEach((name, metric) -> {
            if (isPublished(name)) {
                published.put(name, metric);
            }
        });
        published.keySet().stream()
                .filter(name -> name.tags().getOrDefault(TOPIC, "").contains("."))
                .map(PublishedKafkaMetrics::deprecatedName)
                .toList()
                .forEach(published::remove);
        return published;
    }

    /** Kafka measures a topic such as {@code conductor.public.task} twice, also under the name with underscores (KIP-1109). */
    private static MetricName deprecatedName(MetricName metric) {
        Map<String, String> tags = new HashMap<>(metric.tags());
        tags.computeIfPresent(TOPIC, (tag, topic) -> topic.replace('.', '_'));
        return new MetricName(metric.name(), metric.group(), "", tags);
    }

    private static boolean isPublished(MetricName metric) {
        Map<String, String> tags = metric.tags();
        return NAMES.getOrDefault(new Family(metric.group(), tags.keySet()), Set.of())
                        .contains(metric.name())
                && !tags.getOrDefault(CLIENT, "").endsWith(RESTORE_CONSUMER);
    }
}
