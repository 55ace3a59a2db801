package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.topology.ProcessorDependencies;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** How a running stream ends. */
class RatchetStreamIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void threadThatCannotBeReplacedStopsStream(int threads) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Settings settings = settings(kafka, threads);
            try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
                admin.apply(TopicPlan.of(settings));
            }
            Topology topology = new Topology();
            topology.addSource(
                    "events",
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer(),
                    settings.topics().events());
            topology.addProcessor("failing", FailingProcessor::new, "events");
            OneProducerPerThread.LEFT.set(threads);
            Logger logger = (Logger) LoggerFactory.getLogger(RatchetStream.class);
            ListAppender<ILoggingEvent> log = new ListAppender<>();
            log.start();
            logger.addAppender(log);
            try (RatchetStream stream =
                    new RatchetStream(topology, settings, 1, new ProcessorDependencies(new ReadableEventCounters()))) {
                stream.start();
                try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringSerializer(),
                        new StringSerializer())) {
                    producer.send(new ProducerRecord<>(settings.topics().events(), "t1", "x"))
                            .get();
                }
                Optional<Throwable> end = StreamEnd.of(stream).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                assertThat(end)
                        .hasValueSatisfying(failure -> assertThat(failure)
                                .hasMessage("Expected %d stream threads to run, but got %d", threads, threads - 1));
            } finally {
                logger.detachAppender(log);
            }
            assertThat(log.list)
                    .last()
                    .asString()
                    .contains("RATCHET-1018 The process exits with code 1: IllegalStateException: Expected " + threads);
        }
    }

    private Settings settings(EmbeddedKafka kafka, int threads) {
        return Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "ratchet.topic.partitions", "1",
                        "ratchet.state.dir", folder.resolve("state").toString(),
                        "ratchet.schema.registry.url", "mock://end",
                        "kafka.num.stream.threads", String.valueOf(threads),
                        "kafka.producer.interceptor.classes", OneProducerPerThread.class.getName(),
                        "kafka.bootstrap.servers", kafka.bootstrapServers()));
    }

    private static final class FailingProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            throw new IllegalStateException(new String(record.value(), StandardCharsets.UTF_8));
        }
    }

    /** Allows one producer per thread and none for a replacement, as if the broker's name no longer resolved. */
    public static final class OneProducerPerThread implements ProducerInterceptor<byte[], byte[]> {
        static final AtomicInteger LEFT = new AtomicInteger();

        @Override
        public void configure(Map<String, ?> configs) {
            if (LEFT.getAndDecrement() <= 0) {
                throw new IllegalStateException("no more");
            }
        }

        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            return record;
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception exception) {}

        @Override
        public void close() {}
    }
}
