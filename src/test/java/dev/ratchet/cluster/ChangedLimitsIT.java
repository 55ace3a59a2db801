package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.RepairPurpose;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changed settings apply to tasks without new events. */
class ChangedLimitsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void enabledAuditsAndShorterLimitsApplyToQuietTask() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Settings before = settings(kafka, Map.of("ratchet.audit.mode", "off"));
            SchemaRegistry registry = SchemaRegistry.of(before.serde());
            try (TopicAdmin admin = new TopicAdmin(before.kafka())) {
                admin.apply(TopicPlan.of(before));
            }
            try (Outputs outputs = new Outputs(before, registry)) {
                Inputs.produce(before, List.of(SteadyRecords.record("quiet", "IN_PROGRESS", 1)));
                try (RatchetStream stream = StreamFactory.of(before, registry, new ReadableEventCounters())) {
                    stream.start();
                    await().atMost(TIMEOUT).until(() -> !outputs.poll().changes.isEmpty());
                }
                Settings after = settings(
                        kafka,
                        Map.of(
                                "ratchet.audit.mode", "on",
                                "ratchet.audit.interval", "PT1S",
                                "ratchet.stuck.in-progress", "PT2S",
                                "ratchet.source.silence", "P1D"));
                try (RatchetStream stream = StreamFactory.of(after, registry, new ReadableEventCounters())) {
                    stream.start();
                    await().atMost(TIMEOUT).untilAsserted(() -> {
                        outputs.poll();
                        assertThat(outputs.commands)
                                .anyMatch(command -> command.getPurpose() == RepairPurpose.AUDIT
                                        && command.getTaskId().equals("quiet"));
                        assertThat(outputs.alerts).anyMatch(alert -> alert.getKind() == AlertKind.STUCK);
                    });
                }
            }
        }
    }

    private Settings settings(EmbeddedKafka kafka, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "ratchet.source", "debezium",
                "ratchet.topic.partitions", "1",
                "ratchet.conductor.url", "http://localhost:9/api",
                "ratchet.state.dir", folder.resolve("state").toString(),
                "ratchet.schema.registry.url", "mock://changed-limits",
                "kafka.bootstrap.servers", kafka.bootstrapServers()));
        values.putAll(more);
        return Settings.load(Optional.empty(), Map.of(), values);
    }
}
