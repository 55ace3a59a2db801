package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics with a smaller record limit than Ratchet expects: an input that causes a rejected record is dead-lettered. */
class RefusedRecordsIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String NAME = "n".repeat(250);

    /** Alternating records of two tasks, so that they share transactions. */
    private static final List<Recorded> INPUT = List.of(
            row("small", "SCHEDULED", 1, ""),
            row("wide", "SCHEDULED", 2, wideNames()),
            row("small", "IN_PROGRESS", 3, ""),
            row("wide", "COMPLETED", 4, wideNames()),
            row("small", "COMPLETED", 5, ""));

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void outputTopicWithSmallLimitDeadLettersRecord() throws Exception {
        Settings settings = applied(Map.of());
        shrink(settings, settings.topics().changelog(), 700);
        thenOnlyTheWideTaskIsDeadLettered(settings, settings.topics().changelog());
    }

    /** Written at commit time, after a record of another task. */
    @Test
    void storeChangelogWithSmallLimitDeadLettersRecord() throws Exception {
        Settings settings = applied(Map.of("kafka.topic.max.message.bytes", "700"));
        thenOnlyTheWideTaskIsDeadLettered(settings, settings.application().id() + "-task-states-changelog");
    }

    /** Caused by a timer instead of an input. */
    @Test
    void tooLargeCommandIsSentWithoutOutput() throws Exception {
        Settings settings = applied(Map.of("ratchet.conductor.url", "http://localhost:9/api"));
        shrink(settings, settings.topics().repairCommands(), 2_000);
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        String output = ",\"outputData\":{\"x\":\"" + "o".repeat(5_000) + "\"}";
        Inputs.produce(settings, List.of(row("t", "COMPLETED", 1, output), row("t", "IN_PROGRESS", 2, "")));
        try (Outputs outputs = new Outputs(settings, registry);
                RatchetStream stream = StreamFactory.of(settings, registry, new ReadableEventCounters())) {
            stream.start();
            await().atMost(TIMEOUT).until(() -> !outputs.poll().commands.isEmpty());
            assertThat(outputs.commands).singleElement().satisfies(command -> {
                assertThat(command.getOutput()).isNull();
                assertThat(command.getPayloadIncomplete()).isTrue();
            });
            assertThat(outputs.deadLetters).isEmpty();
            assertThat(stream.state()).isEqualTo(State.RUNNING);
        }
    }

    private void thenOnlyTheWideTaskIsDeadLettered(Settings settings, String topic) throws Exception {
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        Inputs.produce(settings, INPUT);
        ReadableEventCounters counters = new ReadableEventCounters();
        try (Outputs outputs = new Outputs(settings, registry);
                RatchetStream stream = StreamFactory.of(settings, registry, counters)) {
            stream.start();
            await().atMost(TIMEOUT).until(() -> outputs.poll().deadLetters.size() == 2 && outputs.changes.size() == 3);
            Inputs.produce(settings, List.of(row("later", "COMPLETED", 6, "")));
            await().atMost(TIMEOUT).until(() -> outputs.poll().changes.size() == 4);
            assertThat(outputs.pollToEnd().changes)
                    .extracting(change -> change.getTaskId() + " " + change.getStatus() + " " + change.getRevision())
                    .containsExactly(
                            "small SCHEDULED 1", "small IN_PROGRESS 2", "small COMPLETED 3", "later COMPLETED 1");
            assertThat(outputs.deadLetters).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.key()).isEqualTo("wide".getBytes(StandardCharsets.UTF_8));
                assertThat(Outputs.category(letter)).isEqualTo("TOO_LARGE");
                assertThat(new String(
                                letter.headers()
                                        .lastHeader("__streams.errors.message")
                                        .value(),
                                StandardCharsets.UTF_8))
                        .startsWith(
                                "Expected the result of this record to fit into " + topic + ", but Kafka rejected ");
            });
            assertThat(counters.deadLetters(DeadLetterCategory.TOO_LARGE)).isEqualTo(2);
            assertThat(stream.state()).isEqualTo(State.RUNNING);
        }
    }

    private static String wideNames() {
        return ",\"workflowType\":\"%s\",\"taskType\":\"%s\",\"referenceTaskName\":\"%s\"".formatted(NAME, NAME, NAME);
    }

    private static Recorded row(String task, String status, long position, String more) {
        String data = "{\"status\":\"" + status + "\"" + more + "}";
        return new Recorded(
                task,
                "{\"op\":\"u\",\"after\":{\"task_id\":\"%s\",\"json_data\":\"%s\"},\"source\":{\"lsn\":%d,\"ts_ms\":%d}}"
                        .formatted(task, data.replace("\"", "\\\""), position, position));
    }

    private static void shrink(Settings settings, String topic, int bytes) throws Exception {
        try (Admin admin = Admin.create(settings.kafka())) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", String.valueOf(bytes)), OpType.SET))))
                    .all()
                    .get();
        }
    }

    private Settings applied(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "ratchet.source", "debezium",
                "ratchet.topic.partitions", "1",
                "ratchet.repair.settle", "PT0S",
                "ratchet.state.dir", folder.resolve("state").toString(),
                "ratchet.schema.registry.url", "mock://refused",
                "kafka.main.consumer.session.timeout.ms", "6000",
                "kafka.bootstrap.servers", kafka.bootstrapServers()));
        all.putAll(more);
        Settings settings = Settings.load(Optional.empty(), Map.of(), all);
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            admin.apply(TopicPlan.of(settings));
        }
        return settings;
    }
}
