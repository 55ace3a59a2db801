package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.RepairCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a clean stop, changed settings reuse the existing state. */
class SwitchedSettingsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String URL = "ratchet.conductor.url";
    private static final String CONDUCTOR = "http://localhost:9/api";
    private static final int TASKS = 20;

    @TempDir
    Path folder;

    private int started;

    /** A store that depends on settings would make Kafka Streams wipe and restore all stores of a task. */
    @Test
    void changedSettingsKeepStateAndApplyToEarlierDivergences() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Settings all = settings(kafka, Map.of(URL, CONDUCTOR));
            SchemaRegistry registry = SchemaRegistry.of(all.serde());
            try (TopicAdmin admin = new TopicAdmin(all.kafka())) {
                admin.apply(TopicPlan.of(all));
            }
            try (Outputs outputs = new Outputs(all, registry)) {
                Inputs.produce(
                        all,
                        IntStream.range(0, TASKS)
                                .mapToObj(number -> "lost-" + number)
                                .flatMap(task -> Stream.of(
                                        SteadyRecords.record(task, "COMPLETED", 1),
                                        SteadyRecords.record(task, "IN_PROGRESS", 2)))
                                .toList());
                Inputs.produce(all, List.of(SteadyRecords.record("quiet", "IN_PROGRESS", 1)));
                try (Instance first = Instance.start(settings(kafka, Map.of()), registry)) {
                    // Due after the divergences, which were checked by then and postponed by ten minutes.
                    await().atMost(TIMEOUT)
                            .until(() -> outputs.poll().alerts.stream()
                                    .anyMatch(alert -> alert.getKind() == AlertKind.STUCK));
                    assertThat(first.read()).isEqualTo(2L * TASKS + 1);
                }
                try (Instance repairing = restart(kafka, registry, Map.of(URL, CONDUCTOR))) {
                    await().atMost(TIMEOUT)
                            .untilAsserted(() -> assertThat(outputs.poll().commands)
                                    .extracting(RepairCommand::getTaskId)
                                    .hasSize(TASKS)
                                    .allMatch(task -> task.startsWith("lost-")));
                    assertThat(repairing.hasRestored()).isFalse();
                }
                for (Map<String, String> settings : List.of(
                        Map.<String, String>of(),
                        Map.of(URL, CONDUCTOR, "ratchet.repair.mode", "off"),
                        Map.of(URL, CONDUCTOR, "ratchet.repair.mode", "off", "ratchet.audit.mode", "on"),
                        Map.of("ratchet.source", "native"))) {
                    restart(kafka, registry, settings).close();
                }
            }
        }
    }

    private Instance restart(EmbeddedKafka kafka, SchemaRegistry registry, Map<String, String> more) {
        Instance instance = Instance.start(settings(kafka, more), registry);
        await().atMost(TIMEOUT).until(instance::isAtWork);
        assertThat(instance.hasRestored())
                .as("records were restored with %s", more)
                .isFalse();
        return instance;
    }

    private Settings settings(EmbeddedKafka kafka, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "ratchet.source", "debezium",
                "ratchet.topic.partitions", "1",
                "ratchet.repair.settle", "PT0S",
                "ratchet.stuck.in-progress", "PT2S",
                "ratchet.state.dir", folder.resolve("state").toString(),
                "ratchet.schema.registry.url", "mock://switched",
                "kafka.metrics.sample.window.ms", "600000",
                "kafka.bootstrap.servers", kafka.bootstrapServers()));
        values.putAll(Instance.measured("switched-" + ++started));
        values.putAll(more);
        return Settings.load(Optional.empty(), Map.of(), values);
    }
}
