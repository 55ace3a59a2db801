package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.AlertKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One alert per silence of the source, whichever thread or instance owns the partitions. */
class SourceSilentIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Duration LIMIT = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;
    private Settings settings;
    private SchemaRegistry registry;
    private Outputs outputs;
    private long sequence;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        settings = settings("one");
        registry = SchemaRegistry.of(settings.serde());
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            admin.apply(TopicPlan.of(settings));
        }
        outputs = new Outputs(settings, registry);
    }

    @AfterEach
    void stop() {
        outputs.close();
        kafka.close();
    }

    @Test
    void silenceEndsAfterThreadReplacementAndNextSilenceAlerts() throws Exception {
        try (Instance only = Instance.start(settings, registry)) {
            beginLiveTasks();
            awaitStates("OPENED");
            shrinkChangelog();
            Inputs.produce(settings, List.of(wide())); // makes the thread fail
            awaitStates("OPENED", "RESOLVED", "OPENED");
            assertThat(outputs.deadLetters).extracting(Outputs::category).containsExactly("TOO_LARGE");
            assertThat(only.isAtWork()).isTrue();
        }
    }

    @Test
    void twoInstancesAlertOnceAndOnlyIfBothAreSilent() throws Exception {
        try (Instance one = Instance.start(settings, registry)) {
            beginLiveTasks();
            try (Instance two = Instance.start(settings("two"), registry)) {
                await().atMost(TIMEOUT).until(() -> {
                    sendEvent();
                    return one.inputs() == 2 && two.inputs() == 2;
                });
                List<String> before = states();
                await().atMost(TIMEOUT).during(LIMIT.multipliedBy(3)).until(() -> {
                    sendEvent();
                    return states().equals(before);
                });
                assertThat(before).as("alerts before both instances run").isEmpty();
                awaitStates("OPENED");
                await().atMost(TIMEOUT).during(LIMIT).until(() -> states().size() == 1);
            }
            sendEvent();
            awaitStates("OPENED", "RESOLVED", "OPENED");
        }
        try (Instance again = Instance.start(settings, registry)) {
            sendEvent();
            awaitStates("OPENED", "RESOLVED", "OPENED", "RESOLVED", "OPENED");
            assertThat(again.isAtWork()).isTrue();
        }
    }

    /** Starts tasks on both partitions. */
    private void beginLiveTasks() throws Exception {
        List<Recorded> records = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            records.add(SteadyRecords.record("quiet-" + i, "SCHEDULED", ++sequence));
        }
        Inputs.produce(settings, records);
    }

    private void sendEvent() throws Exception {
        Inputs.produce(settings, List.of(SteadyRecords.record("talks", "IN_PROGRESS", ++sequence)));
    }

    private Recorded wide() {
        String name = "n".repeat(250);
        return new Recorded(
                "wide",
                ("{\"op\":\"u\",\"after\":{\"task_id\":\"wide\",\"json_data\":\"{\\\"status\\\":\\\"COMPLETED\\\","
                                + "\\\"workflowType\\\":\\\"%s\\\",\\\"taskType\\\":\\\"%s\\\",\\\"referenceTaskName\\\":\\\"%s\\\"}\"},"
                                + "\"source\":{\"lsn\":%d,\"ts_ms\":1}}")
                        .formatted(name, name, name, ++sequence));
    }

    private void shrinkChangelog() throws Exception {
        ConfigResource topic =
                new ConfigResource(ConfigResource.Type.TOPIC, settings.topics().changelog());
        try (Admin admin = Admin.create(settings.kafka())) {
            admin.incrementalAlterConfigs(Map.of(
                            topic, List.of(new AlterConfigOp(new ConfigEntry("max.message.bytes", "700"), OpType.SET))))
                    .all()
                    .get();
        }
    }

    private void awaitStates(String... expected) {
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(states()).containsExactly(expected));
    }

    private List<String> states() {
        return outputs.poll().alerts.stream()
                .filter(alert -> alert.getKind() == AlertKind.SOURCE_SILENT)
                .map(alert -> alert.getState().name())
                .toList();
    }

    private Settings settings(String instance) {
        Map<String, String> values = new HashMap<>(Map.of(
                "ratchet.source",
                "debezium",
                "ratchet.topic.partitions",
                "2",
                "ratchet.source.silence",
                LIMIT.toString(),
                "ratchet.state.dir",
                folder.resolve(instance).toString(),
                "ratchet.schema.registry.url",
                "mock://silence",
                "kafka.bootstrap.servers",
                kafka.bootstrapServers()));
        Instance.measured(instance).forEach(values::put);
        return Settings.load(Optional.empty(), Map.of(), values);
    }
}
