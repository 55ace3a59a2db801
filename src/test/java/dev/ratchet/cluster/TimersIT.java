package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Expected;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.RepairCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timers on a real broker with the system clock. */
class TimersIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int OTHERS = 150_000;

    @TempDir
    Path folder;

    @Test
    void onlyDivergencesAfterBacklogAreRepaired() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Settings settings = settings(kafka);
            SchemaRegistry registry = SchemaRegistry.of(settings.serde());
            try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
                admin.apply(TopicPlan.of(settings));
            }
            List<Recorded> backlog = new ArrayList<>(List.of(
                    record("healed", "IN_PROGRESS", 1),
                    record("healed", "COMPLETED", 2),
                    record("healed", "SCHEDULED", 3)));
            for (int i = 0; i < OTHERS; i++) {
                backlog.add(record("other", "IN_PROGRESS", i));
            }
            backlog.add(record("healed", "COMPLETED", 4));
            backlog.addAll(Recordings.cdc("race_176"));
            Inputs.produce(settings, backlog);

            ReadableEventCounters counters = new ReadableEventCounters();
            try (Outputs outputs = new Outputs(settings, registry);
                    RatchetStream stream = StreamFactory.of(settings, registry, counters)) {
                stream.start();
                List<String> diverged = Recordings.expected("race_176").stream()
                        .filter(Expected::diverged)
                        .map(Expected::taskId)
                        .toList();
                await().atMost(TIMEOUT).until(() -> outputs.poll().commands.size() >= diverged.size());
                assertThat(counters.read()).isEqualTo(backlog.size());
                Inputs.produce(settings, List.of(record("late", "COMPLETED", 1), record("late", "IN_PROGRESS", 2)));
                await().atMost(TIMEOUT).until(() -> outputs.poll().commands.size() > diverged.size());
                List<String> repaired = new ArrayList<>(diverged);
                repaired.add("late");
                assertThat(outputs.commands)
                        .extracting(RepairCommand::getTaskId)
                        .containsExactlyInAnyOrderElementsOf(repaired);
            }
        }
    }

    private static Recorded record(String task, String status, long position) {
        return new Recorded(
                task,
                "{\"op\":\"u\",\"after\":{\"task_id\":\"%s\",\"json_data\":\"{\\\"status\\\":\\\"%s\\\"}\"},\"source\":{\"lsn\":%d,\"ts_ms\":%d}}"
                        .formatted(task, status, position, position));
    }

    private Settings settings(EmbeddedKafka kafka) {
        return Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "ratchet.source", "debezium",
                        "ratchet.topic.partitions", "1",
                        "ratchet.repair.mode", "apply",
                        "ratchet.repair.settle", "PT0S",
                        "ratchet.conductor.url", "http://localhost:9/api",
                        "ratchet.state.dir", folder.resolve("state").toString(),
                        "ratchet.schema.registry.url", "mock://timers",
                        "kafka.bootstrap.servers", kafka.bootstrapServers()));
    }
}
