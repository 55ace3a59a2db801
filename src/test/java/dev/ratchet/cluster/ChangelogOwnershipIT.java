package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.TaskStatusChange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Which application owns a changelog. */
class ChangelogOwnershipIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String REPUBLISH = "ratchet.changelog.republish";

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;

    private String name;
    private Settings settings;
    private SchemaRegistry registry;
    private Outputs outputs;
    private Admin admin;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
        settings = settings("first", Map.of());
        registry = SchemaRegistry.of(settings.serde());
        try (TopicAdmin topics = new TopicAdmin(settings.kafka())) {
            topics.apply(TopicPlan.of(settings));
        }
        outputs = new Outputs(settings, registry);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterEach
    void close() {
        outputs.close();
        admin.close();
    }

    @Test
    void anotherApplicationIdIsRejectedUnlessRepublishIsSet() throws Exception {
        Inputs.produce(settings, List.of(SteadyRecords.record("t1", "COMPLETED", 1)));
        try (RatchetStream first = start(settings)) {
            awaitRevisionsOfT1(1L);
            assertThat(first.state().isRunningOrRebalancing()).isTrue();
        }
        assertThatThrownBy(() -> start(settings("second", Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no state")
                .hasMessageStartingWith("Expected topic " + name
                        + ".changelog (ratchet.topic.changelog) to be empty, because"
                        + " application " + name + "-second (ratchet.application.id) has no state (topic " + name
                        + "-second-task-states-changelog has no records), but ")
                .hasMessageEndingWith("start once with --set ratchet.changelog.republish=true.");
        try (RatchetStream again = start(settings)) {
            assertThat(again.state().isRunningOrRebalancing()).isTrue();
        }
        try (RatchetStream republishing = start(settings("second", Map.of(REPUBLISH, "true")))) {
            awaitRevisionsOfT1(1L, 1L);
            assertThat(republishing.state().isRunningOrRebalancing()).isTrue();
        }
        start(settings("second", Map.of())).close();
    }

    @Test
    void missingStoreChangelogIsRejectedDespiteOffsets() throws Exception {
        Inputs.produce(settings, List.of(SteadyRecords.record("t1", "COMPLETED", 1)));
        try (RatchetStream first = start(settings)) {
            awaitRevisionsOfT1(1L);
            assertThat(first.state().isRunningOrRebalancing()).isTrue();
        }
        String state = name + "-first-task-states-changelog";
        admin.deleteTopics(List.of(state)).all().get();
        await().atMost(TIMEOUT).until(() -> !admin.listTopics().names().get().contains(state));
        assertThatThrownBy(() -> start(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no state");
    }

    @Test
    void changelogWithoutCommittedRecordsIsAccepted() throws Exception {
        sendToChangelog("aborted", false);
        start(settings).close();
    }

    @Test
    void changelogWithDeletedRecordsIsAccepted() throws Exception {
        sendToChangelog("t1", true);
        ConfigResource changelog = new ConfigResource(ConfigResource.Type.TOPIC, name + ".changelog");
        AlterConfigOp deletable =
                new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact,delete"), AlterConfigOp.OpType.SET);
        AlterConfigOp compacted =
                new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(changelog, List.of(deletable)))
                .all()
                .get();
        admin.deleteRecords(Map.of(new TopicPartition(name + ".changelog", 0), RecordsToDelete.beforeOffset(-1)))
                .all()
                .get();
        admin.incrementalAlterConfigs(Map.of(changelog, List.of(compacted)))
                .all()
                .get();
        start(settings).close();
    }

    @Test
    void committedRecordAfterAbortedOneIsDetected() throws Exception {
        sendToChangelog("aborted", false);
        sendToChangelog("t1", true);
        assertThatThrownBy(() -> start(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no state");
    }

    private void sendToChangelog(String key, boolean commit) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", name),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(name + ".changelog", key, "x".getBytes(StandardCharsets.UTF_8)))
                    .get();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private RatchetStream start(Settings of) {
        RatchetStream stream = StreamFactory.of(of, registry, new ReadableEventCounters());
        stream.start();
        return stream;
    }

    private void awaitRevisionsOfT1(Long... revisions) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(outputs.poll().changes)
                        .extracting(TaskStatusChange::getRevision)
                        .containsExactly(revisions));
    }

    private Settings settings(String application, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "ratchet.source",
                "debezium",
                "ratchet.topic.partitions",
                "1",
                "ratchet.start.timeout",
                "PT0S",
                "ratchet.application.id",
                name + "-" + application,
                "ratchet.state.dir",
                folder.resolve(name + "-" + application).toString(),
                "ratchet.schema.registry.url",
                "mock://" + name,
                "kafka.bootstrap.servers",
                kafka.bootstrapServers()));
        for (String topic : List.of("events", "cdc", "changelog", "rejections", "alerts", "dead-letters")) {
            values.put("ratchet.topic." + topic, name + "." + topic);
        }
        values.putAll(more);
        return Settings.load(Optional.empty(), Map.of(), values);
    }
}
