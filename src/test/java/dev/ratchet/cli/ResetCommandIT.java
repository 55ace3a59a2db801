package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ratchet.cluster.Outputs;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.StreamTopics;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that ran is reset, and runs again. */
@Timeout(300)
class ResetCommandIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ID = "resettable";
    private static final String ANOTHERS = ID + "-b-task-states-changelog";

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;
    private Settings settings;
    private SchemaRegistry registry;
    private Outputs outputs;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        settings = settings(Map.of());
        registry = SchemaRegistry.of(settings.serde());
        try (TopicAdmin topics = new TopicAdmin(settings.kafka())) {
            topics.apply(TopicPlan.of(settings));
        }
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        admin.createTopics(List.of(new NewTopic(ANOTHERS, 1, (short) 1))).all().get();
        outputs = new Outputs(settings, registry);
    }

    @AfterEach
    void stop() {
        outputs.close();
        admin.close();
        kafka.close();
    }

    @Test
    void resetApplicationReprocessesInputToSameStatuses() throws Exception {
        produce("t1", "IN_PROGRESS", "COMPLETED", "IN_PROGRESS");
        produce("t2", "SCHEDULED", "IN_PROGRESS");
        produce("t3", "SCHEDULED", "IN_PROGRESS", "FAILED");
        try (RatchetStream stream = run(settings)) {
            awaitChanges(7);
            assertThat(stream.state().isRunningOrRebalancing()).isTrue();
            CommandResult refused = reset("--execute", "--yes").thenExits(1);
            assertThat(refused.errLines())
                    .singleElement()
                    .asString()
                    .startsWith("Expected no instance of application resettable to be running, but consumer group"
                            + " resettable has members: ")
                    .contains(" at /127.0.0.1. Stop them; ");
        }
        Map<String, TaskStatus> before = statuses();
        assertThat(names()).containsAll(StreamTopics.storeChangelogs(ID));
        assertThat(names().stream().filter(name -> name.startsWith(ID + "-") && !name.equals(ANOTHERS)))
                .as("internal topics that are not known to reset")
                .containsExactlyInAnyOrderElementsOf(StreamTopics.storeChangelogs(ID));

        List<String> dry = reset().thenExits(0).outLines();
        assertThat(dry)
                .startsWith(
                        "would delete the committed offsets of group resettable on conductor.public.task, 2 partitions",
                        "would delete topic resettable-task-states-changelog",
                        "would delete topic resettable-timers-changelog",
                        "would delete topic resettable-outputs-changelog",
                        "would delete folder " + state(),
                        "Dry run: nothing was deleted. Add --execute to delete.");
        assertThat(reset().outLines()).isEqualTo(dry);

        CommandResult mistyped = typing("another\n", "--execute").thenExits(1);
        assertThat(mistyped.err())
                .isEqualTo(
                        "Type the application id to delete this: Expected application id resettable to be typed, but it"
                                + " was not: nothing was deleted." + System.lineSeparator());
        typing("", "--execute").thenExits(1);
        assertThat(reset().outLines()).isEqualTo(dry);

        assertThat(typing(ID + "\n", "--execute").thenExits(0).outLines())
                .contains("to delete folder " + state(), "Deleted.")
                .anyMatch(line -> line.contains("start once with --set ratchet.changelog.republish=true"));
        assertThat(names())
                .contains(ANOTHERS, "task-status-changelog")
                .doesNotContainAnyElementsOf(StreamTopics.storeChangelogs(ID));
        assertThat(state()).doesNotExist();
        assertThat(admin.listGroups().all().get()).isEmpty();
        assertThat(reset("--execute", "--yes").thenExits(0).outLines().get(0))
                .startsWith("There is nothing to delete of application resettable: ");

        assertThatThrownBy(() -> StreamFactory.of(settings, registry, new ReadableEventCounters()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no state");
        try (RatchetStream again = run(settings(Map.of("ratchet.changelog.republish", "true")))) {
            awaitChanges(14);
            assertThat(again.state().isRunningOrRebalancing()).isTrue();
        }
        assertThat(statuses()).isEqualTo(before).hasSize(3).containsEntry("t1", TaskStatus.COMPLETED);
        assertThat(outputs.changes.subList(7, 14))
                .extracting(TaskStatusChange::getRevision)
                .startsWith(1L);
    }

    private RatchetStream run(Settings of) {
        RatchetStream stream = StreamFactory.of(of, registry, new ReadableEventCounters());
        stream.start();
        return stream;
    }

    private void awaitChanges(int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(outputs.poll().changes).hasSize(count));
    }

    /** {@return of each task the last that was published} */
    private Map<String, TaskStatus> statuses() {
        return outputs.changes.stream()
                .collect(Collectors.toMap(
                        TaskStatusChange::getTaskId, TaskStatusChange::getStatus, (earlier, later) -> later));
    }

    private Set<String> names() throws Exception {
        return admin.listTopics().names().get();
    }

    private Path state() {
        return folder.resolve("state").resolve(ID).toAbsolutePath();
    }

    private CommandResult typing(String text, String... more) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            return reset(more);
        } finally {
            System.setIn(before);
        }
    }

    private CommandResult reset(String... more) {
        Stream<String> given = values(Map.of()).entrySet().stream()
                .flatMap(one -> Stream.of("--set", one.getKey() + "=" + one.getValue()));
        return CommandResult.ratchet(Stream.concat(Stream.concat(Stream.of("reset"), Stream.of(more)), given)
                .toArray(String[]::new));
    }

    private void produce(String task, String... statuses) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < statuses.length; i++) {
                String row =
                        "{\"op\":\"u\",\"after\":{\"task_id\":\"%s\",\"json_data\":\"{\\\"status\\\":\\\"%s\\\"}\"},\"source\":{\"lsn\":%d,\"ts_ms\":%d}}"
                                .formatted(task, statuses[i], i + 1, i + 1);
                producer.send(new ProducerRecord<>(settings.topics().cdc(), task, row))
                        .get();
            }
        }
    }

    private Settings settings(Map<String, String> more) {
        return Settings.load(Optional.empty(), Map.of(), values(more));
    }

    private Map<String, String> values(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "ratchet.source", "debezium",
                "ratchet.topic.partitions", "2",
                "ratchet.start.timeout", "PT0S",
                "ratchet.application.id", ID,
                "ratchet.state.dir", folder.resolve("state").toString(),
                "ratchet.schema.registry.url", "mock://reset",
                "kafka.bootstrap.servers", kafka.bootstrapServers()));
        values.putAll(more);
        return values;
    }
}
