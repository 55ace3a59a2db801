package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.cluster.Outputs;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.ApplicationAdmin;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.TaskStatusChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The changelog is lost, and the tasks are published again. */
@Timeout(300)
class RepublishCommandIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LIVE = 12;
    private static final String CHANGELOG = "task-status-changelog";

    @TempDir
    Path folder;

    private final Map<String, String> values = new HashMap<>();
    private EmbeddedKafka kafka;
    private SchemaRegistry registry;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        values.putAll(Map.of(
                "ratchet.source", "debezium",
                "ratchet.topic.partitions", "2",
                "ratchet.start.timeout", "PT0S",
                "ratchet.conductor.url", "http://127.0.0.1:9/api",
                "ratchet.repair.mode", "off",
                "ratchet.state.dir", folder.resolve("state").toString(),
                "ratchet.schema.registry.url", "mock://republish",
                "kafka.bootstrap.servers", kafka.bootstrapServers()));
        registry = SchemaRegistry.of(settings().serde());
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void deletedAndRecreatedChangelogHoldsEachTaskAgain() throws Exception {
        Map<String, String> before = publishTasks();
        deleteChangelog();

        assertThat(republish().thenExits(1).errLines())
                .containsExactly(
                        "Expected topic task-status-changelog to exist, but it does not: run 'ratchet topics apply'");
        createTopics();
        assertThat(republish().thenExits(0).outLines())
                .containsExactly(
                        "Would request that the tasks of the 2 partitions of conductor-repair-results are published on"
                                + " task-status-changelog again.",
                        "No instance of application ratchet runs: the next one that starts does it.",
                        "Dry run: nothing was requested. Add --execute to request it.");
        try (RatchetStream stream = run();
                Outputs fresh = new Outputs(settings(), registry)) {
            produce("late", "SCHEDULED", 1);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(tasks(fresh)).containsOnlyKeys("late")); // nothing was requested
            assertThat(republish("--execute").thenExits(0).outLines())
                    .startsWith("Requested that the tasks of the 2 partitions of conductor-repair-results are published"
                            + " on task-status-changelog again.")
                    .anyMatch(line -> line.startsWith("Application ratchet runs with "));
            before.put("late", "SCHEDULED/1");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(tasks(fresh)).isEqualTo(before));
            assertThat(stream.state().isRunningOrRebalancing()).isTrue();
        }
        assertThat(ratchet("verify").thenExits(0).out()).contains("nothing is wrong");
    }

    @Test
    void consumerThatLostNothingSeesEqualRevisions() throws Exception {
        Map<String, String> before = publishTasks();
        try (RatchetStream stream = run();
                Outputs consumer = new Outputs(settings(), registry)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(tasks(consumer)).isEqualTo(before));
            int known = consumer.changes.size();
            deleteRecords();
            republish("--execute").thenExits(0);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(consumer.poll().changes).hasSize(known + before.size()));
            assertThat(tasks(consumer)).isEqualTo(before);
            try (Outputs fresh = new Outputs(settings(), registry)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(tasks(fresh)).isEqualTo(before));
                assertThat(fresh.changes).hasSize(before.size());
            }
            assertThat(stream.state().isRunningOrRebalancing()).isTrue();
        }
    }

    @Test
    void withoutConductorTheSettingPublishesAtTheStart() throws Exception {
        values.remove("ratchet.conductor.url");
        Map<String, String> before = publishTasks();
        deleteChangelog();
        createTopics();
        assertThat(republish("--execute").thenExits(2).errLines().get(0))
                .isEqualTo("Expected ratchet.conductor.url to be set, but it is not: without it Ratchet does not read"
                        + " requests. Restart each instance once with --set ratchet.changelog.republish=true, which"
                        + " publishes the tasks at the start.");
        values.put("ratchet.changelog.republish", "true");
        try (RatchetStream stream = run();
                Outputs fresh = new Outputs(settings(), registry)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(tasks(fresh)).isEqualTo(before));
            assertThat(fresh.changes).hasSize(before.size());
            assertThat(stream.state().isRunningOrRebalancing()).isTrue();
        }
    }

    /** {@return status and revision of each task} */
    private Map<String, String> publishTasks() throws Exception {
        createTopics();
        Map<String, String> tasks = new HashMap<>();
        for (int i = 0; i < LIVE; i++) {
            produce("live" + i, "SCHEDULED", 1);
            produce("live" + i, "IN_PROGRESS", 2);
            tasks.put("live" + i, "IN_PROGRESS/2");
        }
        produce("ended", "COMPLETED", 1);
        produce("ended", "IN_PROGRESS", 2); // rejected
        tasks.put("ended", "COMPLETED/1");
        try (RatchetStream stream = run();
                Outputs outputs = new Outputs(settings(), registry)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(tasks(outputs)).isEqualTo(tasks));
            assertThat(stream.state().isRunningOrRebalancing()).isTrue();
        }
        return tasks;
    }

    private static Map<String, String> tasks(Outputs outputs) {
        return outputs.poll().changes.stream()
                .collect(Collectors.toMap(
                        TaskStatusChange::getTaskId,
                        change -> change.getStatus() + "/" + change.getRevision(),
                        (earlier, later) -> later));
    }

    private void createTopics() {
        try (TopicAdmin topics = new TopicAdmin(settings().kafka())) {
            topics.apply(TopicPlan.of(settings()));
        }
    }

    private void deleteChangelog() {
        try (ApplicationAdmin admin = new ApplicationAdmin(settings().kafka())) {
            admin.deleteTopic(CHANGELOG);
        }
    }

    /** Brokers refuse to delete records of a topic that is only compacted. */
    private void deleteRecords() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            setPolicy(admin, "compact,delete");
            admin.deleteRecords(IntStream.range(0, 2)
                            .boxed()
                            .collect(Collectors.toMap(
                                    partition -> new TopicPartition(CHANGELOG, partition),
                                    partition -> RecordsToDelete.beforeOffset(-1))))
                    .all()
                    .get();
            setPolicy(admin, "compact");
        }
    }

    private static void setPolicy(Admin admin, String policy) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, CHANGELOG),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private void produce(String task, String status, int lsn) throws Exception {
        String row = ("{\"op\":\"u\",\"after\":{\"task_id\":\"%s\",\"json_data\":\"{\\\"status\\\":\\\"%s\\\"}\"},"
                        + "\"source\":{\"lsn\":%d,\"ts_ms\":%d}}")
                .formatted(task, status, lsn, lsn);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(settings().topics().cdc(), task, row))
                    .get();
        }
    }

    private RatchetStream run() {
        RatchetStream stream = StreamFactory.of(settings(), registry, new ReadableEventCounters());
        stream.start();
        return stream;
    }

    private Settings settings() {
        return Settings.load(Optional.empty(), Map.of(), values);
    }

    private CommandResult republish(String... more) {
        return ratchet(Stream.concat(Stream.of("republish"), Stream.of(more)).toArray(String[]::new));
    }

    private CommandResult ratchet(String... arguments) {
        Stream<String> given =
                values.entrySet().stream().flatMap(one -> Stream.of("--set", one.getKey() + "=" + one.getValue()));
        return CommandResult.ratchet(Stream.concat(Stream.of(arguments), given).toArray(String[]::new));
    }
}
