package dev.ratchet.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.cluster.RatchetProcess;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program with Confluent's serdes on its class path and in its settings; what is at its ends are plain Kafka
 * clients with ours, by their class names.
 */
@Timeout(300)
class SwappedRunIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CHANGELOG = "task-status-changelog";
    private static final String DEAD_LETTERS = "task-status-dead-letters";
    private static final String OURS = "dev.ratchet.avro.AvroRecordDeserializer";
    private static final String RAW = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
    private static final byte[] NO_AVRO = "{\"status\":\"COMPLETED\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void changelogOfConfluentSerdesIsReadableByRatchetSerdes() throws Exception {
        try (Apicurio registry = Apicurio.start();
                EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Map<String, String> settings = settings(kafka, registry);
            try (RatchetProcess apply = RatchetProcess.start(folder, List.of(), settings, "topics", "apply")) {
                assertThat(apply.await()).as(apply.output()).isZero();
            }
            settings.put("ratchet.value.serializer", "io.confluent.kafka.serializers.KafkaAvroSerializer");
            settings.put("ratchet.value.deserializer", "io.confluent.kafka.serializers.KafkaAvroDeserializer");
            try (RatchetProcess run =
                            RatchetProcess.start(folder, List.of(DownloadedFiles.confluent()), settings, "run");
                    KafkaConsumer<String, Object> changes = consumer(kafka, registry, OURS);
                    KafkaConsumer<String, Object> deadLetters = consumer(kafka, registry, RAW)) {
                produce(kafka, registry);
                assign(changes, CHANGELOG);
                assign(deadLetters, DEAD_LETTERS);

                List<TaskStatusChange> read = new ArrayList<>();
                await().atMost(PATIENCE).until(() -> {
                    assertThat(run.isAlive()).as(run.output()).isTrue();
                    for (ConsumerRecord<String, Object> change : changes.poll(Duration.ofMillis(200))) {
                        read.add((TaskStatusChange) change.value());
                    }
                    return read.size() >= 2;
                });

                ConsumerRecord<String, Object> unreadable = await().atMost(PATIENCE)
                        .until(() -> deadLetters.poll(Duration.ofMillis(200)).iterator(), Iterator::hasNext)
                        .next();
                assertThat(unreadable.value()).isEqualTo(NO_AVRO);
                assertThat(read)
                        .extracting(TaskStatusChange::getStatus)
                        .containsExactly(TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED);
                assertThat(run.output()).contains("Stream is RUNNING").doesNotContain("stream thread failed");
            }
            assertThat(registry.answered("/" + CHANGELOG + "-value/versions?normalize="))
                    .as("registrations of the changelog's schema in the manner of Confluent's client")
                    .isEqualTo(1);
        }
    }

    @Test
    void missingSerializerClassPrintsOneLine() throws Exception {
        Map<String, String> settings = Map.of(
                "kafka.bootstrap.servers", "127.0.0.1:1",
                "ratchet.schema.registry.url", "mock://none",
                "ratchet.value.serializer", "io.confluent.kafka.serializers.KafkaAvroSerializer");
        try (RatchetProcess run = RatchetProcess.start(folder, List.of(), settings, "run")) {
            assertThat(run.await()).isEqualTo(2);
            assertThat(run.output().lines())
                    .containsExactly(
                            "--set: Expected ratchet.value.serializer to be a class on the class path that is a"
                                    + " Kafka Serializer, with a public constructor without parameters, but got"
                                    + " 'io.confluent.kafka.serializers.KafkaAvroSerializer'.");
        }
    }

    /** A first and a last report, and between them what is in no format. */
    private static void produce(EmbeddedKafka kafka, Apicurio registry) throws Exception {
        Map<String, Object> config = client(kafka, registry);
        config.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        config.put("value.serializer", "dev.ratchet.avro.AvroRecordSerializer");
        try (KafkaProducer<String, Object> producer = new KafkaProducer<>(config)) {
            producer.send(new ProducerRecord<>("task-status-events", "t1", event(TaskStatus.IN_PROGRESS, 1)))
                    .get();
            config.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
            try (KafkaProducer<String, byte[]> raw = new KafkaProducer<>(config)) {
                raw.send(new ProducerRecord<>("task-status-events", "t1", NO_AVRO))
                        .get();
            }
            producer.send(new ProducerRecord<>("task-status-events", "t1", event(TaskStatus.COMPLETED, 2)))
                    .get();
        }
    }

    private static KafkaConsumer<String, Object> consumer(EmbeddedKafka kafka, Apicurio registry, String values) {
        Map<String, Object> config = client(kafka, registry);
        config.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        config.put("value.deserializer", values);
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(config);
    }

    private static void assign(KafkaConsumer<?, ?> consumer, String topic) {
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(one -> new TopicPartition(one.topic(), one.partition()))
                .toList());
    }

    private static Map<String, Object> client(EmbeddedKafka kafka, Apicurio registry) {
        return new HashMap<>(Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "schema.registry.url", registry.url()));
    }

    private static TaskStatusEvent event(TaskStatus status, long sequence) {
        return TaskStatusEvent.newBuilder()
                .setTaskId("t1")
                .setWorkflowId("w1")
                .setTaskType("HTTP")
                .setReferenceTaskName("upload__1")
                .setStatus(status)
                .setSequence(sequence)
                .setOccurredAt(Instant.ofEpochMilli(1_000 + sequence))
                .setSource(TaskSource.NATIVE)
                .build();
    }

    private Map<String, String> settings(EmbeddedKafka kafka, Apicurio registry) {
        return new HashMap<>(Map.of(
                "ratchet.topic.partitions", "1",
                "ratchet.state.dir", folder.resolve("state").toString(),
                "ratchet.schema.registry.url", registry.url(),
                "ratchet.http.port", "0",
                "kafka.bootstrap.servers", kafka.bootstrapServers()));
    }
}
