package dev.ratchet.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.topics.TopicAdmin.ApplyResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TopicAdminIT {
    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;

    private TopicAdmin topics;
    private TopicPlan plan;
    private String prefix;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(directory);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    /** Each test has topics of its own. */
    @BeforeEach
    void connect(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName() + "-";
        plan = plan("3", "-1");
        topics = new TopicAdmin(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterEach
    void disconnect() {
        topics.close();
    }

    private TopicPlan plan(String partitions, String replicationFactor) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ratchet.source", "debezium");
        settings.put("ratchet.topic.partitions", partitions);
        settings.put("ratchet.topic.replication.factor", replicationFactor);
        for (String name : List.of("events", "cdc", "changelog", "rejections", "alerts", "dead-letters")) {
            settings.put("ratchet.topic." + name, prefix + name);
        }
        return TopicPlan.of(Settings.load(Optional.empty(), Map.of(), settings));
    }

    @Test
    void missingTopicsAreCreatedOnce() {
        assertThat(topics.check(plan).findings()).hasSize(6).allMatch(TopicFinding::fatal);
        assertThat(topics.dryRun(plan).lines())
                .hasSize(6)
                .contains("would create " + prefix + "alerts: 3 partitions, retention.ms=604800000,"
                        + " cleanup.policy=delete");
        assertThat(topics.check(plan).findings()).hasSize(6);

        ApplyResult applied = topics.apply(plan);

        assertThat(applied.unresolved()).isEmpty();
        assertThat(applied.lines())
                .hasSize(6)
                .contains("created " + prefix + "alerts: 3 partitions, retention.ms=604800000, cleanup.policy=delete");
        TopicCheck check = topics.check(plan);
        assertThat(check.findings()).isEmpty();
        assertThat(check.inputPartitions()).hasValue(3);
        assertThat(check.deadLetterBytes()).hasValue(8 << 20);
        assertThat(topics.apply(plan).lines()).hasSize(6).allMatch(line -> line.startsWith("ok " + prefix));
    }

    @Test
    void wrongConfigurationIsCorrected() throws Exception {
        topics.apply(plan);
        configure("changelog", "cleanup.policy", "delete");
        configure("changelog", "min.compaction.lag.ms", "0");
        configure("events", "cleanup.policy", "compact");
        configure("alerts", "retention.ms", "1000");
        configure("dead-letters", "max.message.bytes", "1000");
        configure("rejections", "max.message.bytes", "100");
        await().untilAsserted(() -> assertThat(topics.check(plan).findings()).hasSize(6));
        assertThat(topics.dryRun(plan).lines())
                .contains("would change " + prefix + "changelog: cleanup.policy=compact (was delete)");

        ApplyResult applied = topics.apply(plan);

        assertThat(applied.unresolved()).isEmpty();
        assertThat(applied.lines())
                .contains(
                        "changed " + prefix + "changelog: min.compaction.lag.ms=604800000 (was 0)",
                        "changed " + prefix + "dead-letters: max.message.bytes=8388608 (was 1000)",
                        "changed " + prefix + "rejections: max.message.bytes=1048588 (was 100)",
                        "ok " + prefix + "cdc");
        await().untilAsserted(() -> assertThat(topics.check(plan).findings()).isEmpty());
    }

    @Test
    void brokerWithOldTransactionVersionIsReported() throws Exception {
        topics.apply(plan);
        update("transaction.version", 0, UpgradeType.SAFE_DOWNGRADE);
        try {
            await().untilAsserted(() -> assertThat(topics.check(plan).findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.text())
                            .startsWith(
                                    "Expected the brokers' feature transaction.version to be at least 2, but it is 0: ")
                            .contains("KIP-890")
                            .contains("upgrade --feature transaction.version=2")));
            TopicFinding finding = topics.check(plan).findings().get(0);
            assertThat(finding.fatal()).isFalse();
            assertThat(topics.apply(plan).unresolved()).as("it is no topic's").isEmpty();
        } finally {
            update("transaction.version", 2, UpgradeType.UPGRADE);
        }
        await().untilAsserted(() -> assertThat(topics.check(plan).findings()).isEmpty());
    }

    @Test
    void brokerWithSmallMessageLimitIsReported() throws Exception {
        topics.apply(plan);
        ConfigResource brokers = new ConfigResource(ConfigResource.Type.BROKER, "");
        configure(brokers, "message.max.bytes", "500000");
        try {
            await().untilAsserted(() -> assertThat(topics.check(plan).findings())
                    .extracting(TopicFinding::text)
                    .contains(
                            "Expected message.max.bytes of the brokers to be at least 589824, for the topics that hold"
                                    + " Ratchet's state, but it is 500000: records of tasks with larger outputs become dead"
                                    + " letters (TOO_LARGE). Raise it, or set kafka.topic.max.message.bytes."));
            TopicPlan raised = new TopicPlan(plan.topics(), plan.creation(), 589_824, OptionalInt.of(589_824));
            assertThat(topics.check(raised).findings()).isEmpty();
            TopicPlan lower = new TopicPlan(plan.topics(), plan.creation(), 589_824, OptionalInt.of(100));
            assertThat(topics.check(lower).findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.text())
                            .startsWith("Expected kafka.topic.max.message.bytes to be at least 589824"));
        } finally {
            configure(brokers, "message.max.bytes", "1048588");
        }
    }

    @Test
    void foreignTopicIsNotChanged() throws Exception {
        topics.apply(plan);
        configure("cdc", "cleanup.policy", "compact");
        await().untilAsserted(() -> assertThat(topics.check(plan).findings()).hasSize(1));

        ApplyResult applied = topics.apply(plan);

        assertThat(applied.unresolved()).hasSize(1);
        assertThat(applied.lines()).anyMatch(line -> line.startsWith("left Expected topic " + prefix + "cdc to have"));
        assertThat(topics.check(plan).findings()).hasSize(1);
    }

    @Test
    void emptyTopicGetsPartitionsOfOthers() throws Exception {
        create("cdc", 1);

        assertThat(topics.apply(plan).lines()).contains("changed " + prefix + "cdc: 3 partitions (was 1)");
        assertThat(topics.check(plan).findings()).isEmpty();
    }

    @Test
    void topicWithRecordsDeterminesPartitionsOfNewTopics() throws Exception {
        create("cdc", 2);
        send("cdc", Instant.now());

        assertThat(topics.apply(plan).lines()).anyMatch(line -> line.startsWith("created " + prefix + "events: 2 "));
        assertThat(topics.check(plan).findings()).isEmpty();
        assertThat(topics.check(plan).inputPartitions()).hasValue(2);
    }

    @Test
    void topicsWithRecordsKeepDifferentPartitionCounts() throws Exception {
        create("cdc", 2);
        send("cdc", Instant.now());
        create("events", 3);
        send("events", Instant.now());

        ApplyResult applied = topics.apply(plan);

        assertThat(applied.unresolved()).hasSize(1);
        assertThat(applied.unresolved().get(0).text())
                .contains(prefix + "cdc to have 3 partitions", "but it has 2: it has been written to")
                .contains("Set ratchet.topic.cdc to a new topic");
        assertThat(topics.check(plan).findings()).isEqualTo(applied.unresolved());
        assertThat(topics.check(plan).inputPartitions()).isEmpty();
    }

    @Test
    void concurrentApplySucceeds() {
        List<CompletableFuture<ApplyResult>> all = List.of(
                CompletableFuture.supplyAsync(() -> topics.apply(plan)),
                CompletableFuture.supplyAsync(() -> topics.apply(plan)));

        assertThat(all)
                .allSatisfy(one -> assertThat(one.join().lines())
                        .hasSize(6)
                        .allMatch(line -> line.matches("(created|met|ok) " + prefix + ".*")));
        assertThat(topics.check(plan).findings()).isEmpty();
    }

    @Test
    void changelogAcceptsFutureTimestamps() {
        topics.apply(plan);
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));

        assertThatThrownBy(() -> send("alerts", tomorrow)).hasCauseInstanceOf(InvalidTimestampException.class);
        assertThatNoException().isThrownBy(() -> send("changelog", tomorrow));
    }

    @Test
    void refusedRequestIsNamed() {
        assertThatThrownBy(() -> topics.apply(plan("3", "7")))
                .isInstanceOf(BrokerRefusedException.class)
                .hasMessageStartingWith("Expected to create " + prefix + "events: 3 partitions, replication factor 7,")
                .hasMessageContaining("but the broker refused: ");
    }

    @Test
    void refusedCredentialsAreReported() {
        try (TopicAdmin stranger = new TopicAdmin(Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"me\""
                        + " password=\"hush\";"))) {
            assertThatThrownBy(() -> stranger.check(plan))
                    .isInstanceOf(BrokerRefusedException.class)
                    .hasMessageContaining("but authentication failed")
                    .hasMessageNotContaining("hush");
        }
    }

    private void create(String topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(prefix + topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
        // The controller answers before the broker's own metadata names the topic.
        await().until(() -> topics.partitions(prefix + topic).equals(Optional.of(partitions)));
    }

    private static void update(String feature, int version, UpgradeType how) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.updateFeatures(Map.of(feature, new FeatureUpdate((short) version, how)), new UpdateFeaturesOptions())
                    .all()
                    .get();
        }
    }

    private void configure(String topic, String config, String value) throws Exception {
        configure(new ConfigResource(ConfigResource.Type.TOPIC, prefix + topic), config, value);
    }

    private static void configure(ConfigResource resource, String config, String value) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            resource,
                            List.of(new AlterConfigOp(new ConfigEntry(config, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private void send(String topic, Instant time) throws Exception {
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(prefix + topic, null, time.toEpochMilli(), "task", "value"))
                    .get();
        }
    }
}
