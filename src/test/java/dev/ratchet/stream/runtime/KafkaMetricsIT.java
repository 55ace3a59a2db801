package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.metrics.KafkaMeters;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.topology.ProcessorDependencies;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of Kafka's published metrics when threads and partitions come and go. */
class KafkaMetricsIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Pattern THREAD_NUMBER = Pattern.compile("(StreamThread|StateUpdater)-\\d+");

    @TempDir
    Path folder;

    private final AtomicInteger failuresLeft = new AtomicInteger();
    private EmbeddedKafka kafka;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        Settings settings = settings("one");
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            admin.apply(TopicPlan.of(settings));
        }
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void replacementOfThreadKeepsEachMetricOnce() throws Exception {
        try (Measured one = new Measured("one")) {
            await().atMost(TIMEOUT).until(() -> one.lags().size() == 2);
            produce();
            await().atMost(TIMEOUT).until(() -> one.processed().equals(List.of(2.0)));
            await().atMost(TIMEOUT).until(() -> one.scrape().contains("records_consumed_total{"));
            Set<String> before = one.names();

            failuresLeft.set(1);
            produce();
            await().atMost(TIMEOUT).until(() -> failuresLeft.get() == 0);
            produce();

            // The new thread counts from 0; the old one's count is gone.
            await().atMost(TIMEOUT).until(() -> one.processed().equals(List.of(4.0)));
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(one.names()).isEqualTo(before));
            assertThat(one.scrape()).containsPattern("kafka_stream_failed_stream_threads_total\\{.*} 1\\.0");
        }
    }

    @Test
    void metricsOfPartitionFollowItsOwner() throws Exception {
        try (Measured one = new Measured("one")) {
            await().atMost(TIMEOUT).until(() -> one.lags().size() == 2);
            try (Measured two = new Measured("two")) {
                await().atMost(TIMEOUT)
                        .until(() -> two.lags().size() == 1 && one.lags().size() == 1);
                assertThat(one.lags()).doesNotContainAnyElementsOf(two.lags());
            }
            await().atMost(TIMEOUT).until(() -> one.lags().size() == 2);
        }
    }

    @Test
    void brokerThatIsAwayLeavesMetricsReadable() throws Exception {
        try (Measured one = new Measured("one")) {
            await().atMost(TIMEOUT).until(() -> one.lags().size() == 2);
            Set<String> before = one.names();
            kafka.close();
            await().atMost(TIMEOUT)
                    .until(() -> one.scrape()
                            .lines()
                            .anyMatch(line ->
                                    line.startsWith("kafka_consumer_connection_count{") && line.endsWith(" 0.0")));
            assertThat(one.names()).isEqualTo(before);
        }
    }

    private void produce() throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int partition = 0; partition < 2; partition++) {
                producer.send(new ProducerRecord<>("task-status-events", partition, "t", "x"))
                        .get();
            }
        }
    }

    private Settings settings(String instance) {
        return Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "ratchet.topic.partitions",
                        "2",
                        "ratchet.state.dir",
                        folder.resolve(instance).toString(),
                        "ratchet.schema.registry.url",
                        "mock://metrics",
                        "kafka.bootstrap.servers",
                        kafka.bootstrapServers()));
    }

    /** A stream whose metrics are published. */
    private final class Measured implements AutoCloseable {
        private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        private final KafkaMeters meters = new KafkaMeters(registry);
        private final RatchetStream stream;

        Measured(String instance) {
            Topology topology = new Topology();
            topology.addSource(
                    "events", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "task-status-events");
            topology.addProcessor("processor", FailingProcessor::new, "events");
            stream = new RatchetStream(
                    topology, settings(instance), 2, new ProcessorDependencies(new ReadableEventCounters()));
            meters.add(stream::kafkaMetrics);
            stream.start();
            await().atMost(TIMEOUT).until(() -> stream.state() == State.RUNNING);
        }

        String scrape() {
            return registry.scrape();
        }

        /** Without the numbers of threads. */
        Set<String> names() {
            List<String> names = scrape().lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> THREAD_NUMBER.matcher(line).replaceAll("$1"))
                    .map(line -> line.substring(0, line.lastIndexOf(' ')))
                    .toList();
            assertThat(names).doesNotHaveDuplicates();
            return Set.copyOf(names);
        }

        List<Double> processed() {
            return scrape().lines()
                    .filter(line -> line.startsWith("kafka_stream_thread_process_total{"))
                    .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                    .toList();
        }

        Set<String> lags() {
            return scrape().lines()
                    .filter(line -> line.startsWith("kafka_consumer_fetch_manager_records_lag{"))
                    .map(line -> line.replaceAll(".*partition=\"(\\d+)\".*", "$1"))
                    .collect(Collectors.toSet());
        }

        @Override
        public void close() {
            stream.close();
            meters.close();
            assertThat(registry.getMeters()).isEmpty();
        }
    }

    private final class FailingProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("once");
            }
        }
    }
}
