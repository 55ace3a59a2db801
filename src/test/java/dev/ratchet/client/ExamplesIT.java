package dev.ratchet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.TaskEventProducer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.v1.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/consume.md}: one writes events to a running Ratchet, the others read its changelog. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class ExamplesIT {
    private static final Duration POLL = Duration.ofMillis(500);

    private RunningExamples running;
    private Path folder;

    @BeforeAll
    void produceEvents(@TempDir Path folder) throws Exception {
        this.folder = folder;
        running = new RunningExamples(folder);
        try (TaskEventProducer producer =
                new TaskEventProducer(running.kafka.bootstrapServers(), running.registryUrl)) {
            report(producer, "stale", TaskStatus.SCHEDULED, 1);
            report(producer, "stale", TaskStatus.COMPLETED, 2);
            report(producer, "stale", TaskStatus.IN_PROGRESS, 3);
            report(producer, "late", TaskStatus.SCHEDULED, 1);
            report(producer, "late", TaskStatus.COMPLETED, 3);
            report(producer, "late", TaskStatus.FAILED, 2);
            report(producer, "live", TaskStatus.SCHEDULED, 1);
            report(producer, "live", TaskStatus.SCHEDULED, 1); // sent again
        }
    }

    @AfterAll
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void javaConsumerRunsWithClientJarAlone(@TempDir Path out) throws Exception {
        ClientJar.compile(Path.of("src/test/java/com/example/ChangelogConsumer.java"), out);
        List<Path> classPath = new ArrayList<>(ClientJar.classPath());
        classPath.add(out);

        running.run(
                java("-cp", ClientJar.joined(classPath), "com.example.ChangelogConsumer"),
                lines -> assertThat(lines)
                        .containsSubsequence("stale SCHEDULED revision=1", "stale COMPLETED revision=2")
                        .containsSubsequence(
                                "late SCHEDULED revision=1", "late COMPLETED revision=2", "late FAILED revision=3")
                        .contains("live SCHEDULED revision=1")
                        .noneMatch(line ->
                                line.startsWith("stale IN_PROGRESS") || line.contains("live SCHEDULED revision=2")));
    }

    @Test
    void pythonConsumerPrintsChanges() throws Exception {
        running.run(
                List.of(
                        Python.required("avro", "confluent_kafka"),
                        "src/test/python/consume.py",
                        running.kafka.bootstrapServers(),
                        running.registryUrl,
                        "schemas/TaskStatusChange.avsc"),
                lines -> {
                    assertThat(lines).hasSize(6);
                    Map<String, JsonNode> last = new HashMap<>();
                    for (String line : lines) {
                        JsonNode change = new ObjectMapper().readTree(line);
                        last.put(change.get("taskId").asText(), change);
                    }
                    assertThat(last.get("stale").get("status").asText()).isEqualTo("COMPLETED");
                    assertThat(last.get("live").get("status").asText()).isEqualTo("SCHEDULED");
                    assertThat(last.get("late").get("status").asText()).isEqualTo("FAILED");
                    assertThat(last.get("late").get("correction").asBoolean()).isTrue();
                    assertThat(last.get("late").get("supersedes").asLong()).isEqualTo(2);
                    assertThat(last.get("late").get("occurredAt").asText()).startsWith("20");
                });
    }

    @Test
    void streamIsJoinedWithChangelog() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", running.kafka.bootstrapServers()))) {
            admin.createTopics(List.of("charges", "charges-with-status", "live-tasks-by-type").stream()
                            .map(name -> new NewTopic(name, RunningExamples.PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        awaitChanges(6);
        try (KafkaProducer<String, Long> charges = new KafkaProducer<>(
                Map.of("bootstrap.servers", running.kafka.bootstrapServers()),
                new StringSerializer(),
                new LongSerializer())) {
            charges.send(new ProducerRecord<>("charges", "stale", 5L)).get();
            charges.send(new ProducerRecord<>("charges", "late", 3L)).get();
        }
        try (KafkaConsumer<String, String> joined = consumer("charges-with-status")) {
            Map<String, String> withStatus = new HashMap<>();
            running.run(
                    java(
                            "-Djava.io.tmpdir=" + folder, // with the state
                            "-cp",
                            System.getProperty("java.class.path"),
                            "com.example.TaskStatusTopology"),
                    output -> {
                        joined.poll(POLL).forEach(charge -> withStatus.put(charge.key(), charge.value()));
                        assertThat(withStatus).isEqualTo(Map.of("stale", "5 COMPLETED", "late", "3 FAILED"));
                    });
        }
    }

    /** A Java program with the addresses of broker and registry. */
    private List<String> java(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(running.kafka.bootstrapServers(), running.registryUrl));
        return command;
    }

    /** Until this many changes are on the changelog. */
    private void awaitChanges(int expected) {
        try (KafkaConsumer<String, String> changelog = consumer("task-status-changelog")) {
            int[] read = {0};
            await().atMost(RunningExamples.PATIENCE)
                    .until(() -> (read[0] += changelog.poll(POLL).count()) >= expected);
        }
    }

    private KafkaConsumer<String, String> consumer(String topic) {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        running.kafka.bootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "test-of-" + topic,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(topic));
        return consumer;
    }

    private static void report(TaskEventProducer producer, String task, TaskStatus status, long version)
            throws Exception {
        producer.report(task, "workflow-1", "upload", status, version, Instant.now())
                .get();
    }
}
