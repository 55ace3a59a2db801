package dev.ratchet.demo.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedKafkaIT {
    private static final TopicPartition TOPIC = new TopicPartition("events", 0);

    @TempDir
    Path directory;

    @Test
    void committedRecordsSurviveRestartOnSamePort() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            String address = kafka.bootstrapServers();
            createTopic(kafka);
            produce(kafka, "kept", "lost");
            awaitCommitted(kafka, "kept");

            kafka.stop();
            takePort(kafka).close();
            kafka.restart();

            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            awaitCommitted(kafka, "kept");
            produce(kafka, "kept too", "lost too");
            awaitCommitted(kafka, "kept", "kept too");
        }
    }

    @Test
    void nextBrokerReusesDirectory() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            createTopic(kafka);
        }
        try (EmbeddedKafka next = EmbeddedKafka.start(directory)) {
            assertThat(topics(next)).containsExactly(TOPIC.topic());
        }
    }

    @Test
    void writeDoesNotCreateTopic() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
                Producer<String, String> producer = producer(kafka, Map.of("max.block.ms", 2_000))) {
            assertThat(producer.send(new ProducerRecord<>("misspelt", "value")))
                    .failsWithin(Duration.ofMinutes(1))
                    .withThrowableThat()
                    .withMessageContaining("Topic misspelt not present in metadata");
            assertThat(topics(kafka)).isEmpty();
        }
    }

    @Test
    void occupiedPortIsNamedAndRestartCanBeRetried() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            kafka.stop();
            try (ServerSocket other = takePort(kafka)) {
                assertThatIllegalStateException()
                        .isThrownBy(kafka::restart)
                        .withMessage(
                                "Expected port %d of 127.0.0.1 to be free, but something listens on it",
                                other.getLocalPort());
            }
            kafka.restart();
            assertThat(topics(kafka)).isEmpty();
        }
    }

    @Test
    void unusableDirectoryIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatIllegalStateException()
                .isThrownBy(() -> EmbeddedKafka.start(file))
                .withMessageContaining("with its data in %s, but it did not start", file);
    }

    @Test
    void secondBrokerOnDirectoryIsRejectedWithoutHarm() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> EmbeddedKafka.start(directory))
                    .withMessageContaining("Failed to acquire lock on file .lock in %s", directory.resolve("metadata"));

            createTopic(kafka);
            kafka.restart();
            assertThat(topics(kafka)).containsExactly(TOPIC.topic());
        }
    }

    private static ServerSocket takePort(EmbeddedKafka kafka) throws Exception {
        String address = kafka.bootstrapServers();
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = admin(kafka)) {
            admin.createTopics(List.of(new NewTopic(TOPIC.topic(), Optional.empty(), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static Iterable<String> topics(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = admin(kafka)) {
            return admin.listTopics().names().get();
        }
    }

    /** Writes one record in a transaction that is committed, and one in a transaction that is not. */
    private static void produce(EmbeddedKafka kafka, String committed, String aborted) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "test");
        try (Producer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(new ProducerRecord<>(TOPIC.topic(), committed));
            producer.commitTransaction();
            producer.beginTransaction();
            unused = producer.send(new ProducerRecord<>(TOPIC.topic(), aborted));
            producer.flush();
            producer.abortTransaction();
        }
    }

    // A commit returns before the marker is written that makes the record visible.
    private static void awaitCommitted(EmbeddedKafka kafka, String... values) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(committed(kafka)).containsExactly(values));
    }

    private static List<String> committed(EmbeddedKafka kafka) {
        try (Consumer<String, String> consumer = consumer(kafka)) {
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
            long end = consumer.endOffsets(List.of(TOPIC)).getOrDefault(TOPIC, 0L);
            List<String> values = new ArrayList<>();
            while (consumer.position(TOPIC) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private static Producer<String, String> producer(EmbeddedKafka kafka, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static Consumer<String, String> consumer(EmbeddedKafka kafka) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
    }
}
