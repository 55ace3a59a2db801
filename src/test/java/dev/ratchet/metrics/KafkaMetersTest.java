package dev.ratchet.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaMetersTest {
    private static final String LAG = "kafka_consumer_fetch_manager_records_lag";

    private final Metrics client = new Metrics();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KafkaMeters meters = new KafkaMeters(registry, Duration.ofMillis(20));

    @AfterEach
    void close() {
        meters.close();
        registry.close();
        client.close();
    }

    @Test
    void partitionsAppearAndDisappearWithTheirMetrics() {
        measure(lag("events", 0), 5);
        measure(lag("events", 1), 6);
        meters.add(client::metrics);
        assertThat(lines(LAG)).hasSize(2);

        client.removeMetric(lag("events", 1));
        measure(lag("events", 2), 7);

        await().untilAsserted(() -> assertThat(lines(LAG))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("partition=\"0\"").endsWith(" 5.0"),
                        line -> assertThat(line).contains("partition=\"2\"").endsWith(" 7.0")));
    }

    /** As when a thread is replaced by one of the same name. */
    @Test
    void metricThatReplacesAnotherIsReadInstead() {
        measure(lag("events", 0), 5);
        meters.add(client::metrics);

        client.removeMetric(lag("events", 0));
        measure(lag("events", 0), 8);

        await().untilAsserted(
                        () -> assertThat(lines(LAG)).singleElement().asString().endsWith(" 8.0"));
    }

    @Test
    void valuesAreReadWhenScraped() {
        AtomicInteger value = new AtomicInteger(1);
        client.addMetric(lag("events", 0), (Gauge<Integer>) (config, now) -> value.get());
        meters.add(client::metrics);
        value.set(2);
        assertThat(lines(LAG)).singleElement().asString().endsWith(" 2.0");
    }

    /** Reading one while a rebalance closes its store ends the process (KAFKA-10025). */
    @Test
    void valueOfRocksDbIsNeverRead() {
        AtomicInteger reads = new AtomicInteger();
        client.addMetric(
                client.metricName("estimate-num-keys", "stream-state-metrics", Map.of("task-id", "0_0")),
                (Gauge<Integer>) (config, now) -> reads.incrementAndGet());
        meters.add(client::metrics);
        measure(lag("events", 0), 5);
        await().until(() -> lines(LAG).size() == 1); // bound again
        assertThat(reads).hasValue(0);
    }

    @Test
    void metricsOutsideOfListAreDropped() {
        measure(client.metricName("fetch-size-avg", "consumer-fetch-manager-metrics", Map.of("client-id", "c")), 1);
        measure(client.metricName("records-lag-max", "consumer-fetch-manager-metrics", tags("events", 0)), 1);
        measure(
                client.metricName(
                        "last-poll-seconds-ago", "consumer-metrics", Map.of("client-id", "c-restore-consumer")),
                1);
        meters.add(client::metrics);
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void topicWithPeriodsIsPublishedOnce() {
        measure(lag("conductor_public_task", 0), 5);
        measure(lag("conductor.public.task", 0), 5);
        measure(lag("with_underscores", 0), 5);
        meters.add(client::metrics);
        assertThat(lines(LAG))
                .hasSize(2)
                .anyMatch(line -> line.contains("\"conductor.public.task\""))
                .anyMatch(line -> line.contains("\"with_underscores\""));
    }

    @Test
    void totalIsCounterWithOneSuffix() {
        Sensor sent = client.sensor("sent");
        sent.add(
                client.metricName("record-send-total", "producer-metrics", Map.of("client-id", "c")),
                new CumulativeSum());
        sent.record(3);
        meters.add(client::metrics);
        assertThat(registry.scrape())
                .contains("# TYPE kafka_producer_record_send_total counter")
                .contains("kafka_producer_record_send_total{client_id=\"c\",kafka_version=\"unknown\"} 3.0");
    }

    @Test
    void clientsShareNames() {
        measure(lag("events", 0), 5);
        meters.add(client::metrics);
        try (Metrics other = new Metrics()) {
            other.addMetric(
                    other.metricName(
                            "records-lag",
                            "consumer-fetch-manager-metrics",
                            Map.of("client-id", "d", "topic", "t", "partition", "0")),
                    (Gauge<Integer>) (config, now) -> 1);
            meters.add(other::metrics);
            assertThat(lines(LAG)).hasSize(2);
        }
    }

    @Test
    void closeRemovesMetersAndEndsDaemonThread() {
        measure(lag("events", 0), 5);
        meters.add(client::metrics);
        await().until(() -> refreshers().stream().allMatch(Thread::isDaemon)
                && !refreshers().isEmpty());
        meters.close();
        assertThat(registry.getMeters()).extracting(Meter::getId).isEmpty();
        await().until(() -> refreshers().isEmpty());
    }

    private static List<Thread> refreshers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("kafka-metrics"))
                .toList();
    }

    private List<String> lines(String name) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .toList();
    }

    private MetricName lag(String topic, int partition) {
        return client.metricName("records-lag", "consumer-fetch-manager-metrics", tags(topic, partition));
    }

    private static Map<String, String> tags(String topic, int partition) {
        return Map.of("client-id", "c", "topic", topic, "partition", String.valueOf(partition));
    }

    private void measure(MetricName name, int value) {
        client.addMetric(name, (Gauge<Integer>) (config, now) -> value);
    }
}
