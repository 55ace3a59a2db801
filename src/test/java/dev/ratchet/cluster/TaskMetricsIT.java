package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances of the packaged program: the sums of their gauges are what the topics say, also after one of them was
 * killed, and after it is back.
 */
class TaskMetricsIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int PARTITIONS = 4;
    private static final int TASKS = 400;

    @TempDir
    Path folder;

    @Test
    void sumsOfAllInstancesAreWhatTheTopicsSay() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = HttpRegistry.start()) {
            Settings settings = Settings.load(Optional.empty(), Map.of(), values(kafka, registry, "a"));
            try (RatchetProcess apply = RatchetProcess.start(folder, values(kafka, registry, "a"), "topics", "apply")) {
                assertThat(apply.await()).as(apply.output()).isZero();
            }
            try (Outputs outputs = new Outputs(settings, SchemaRegistry.of(settings.serde()));
                    RatchetProcess killed = run(kafka, registry, "a");
                    RatchetProcess other = run(kafka, registry, "b")) {
                await().atMost(TIMEOUT).until(() -> share(killed) > 0 && share(other) > 0);
                Inputs.produce(settings, records(0, TASKS));
                awaitTruth(outputs, TASKS, killed, other);

                killed.kill();
                Inputs.produce(settings, records(TASKS, 2 * TASKS));
                Inputs.produce(settings, healed());
                await().atMost(TIMEOUT).until(() -> share(other) == PARTITIONS);
                awaitTruth(outputs, 2 * TASKS, other);

                try (RatchetProcess again = run(kafka, registry, "a")) {
                    await().atMost(TIMEOUT).until(() -> share(again) > 0 && share(again) + share(other) == PARTITIONS);
                    awaitTruth(outputs, 2 * TASKS, again, other);
                }
            }
        }
    }

    /** Every fourth task is lost: an open alert. */
    private static List<Recorded> records(int from, int to) {
        List<Recorded> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String task = "task-" + i;
            records.add(SteadyRecords.record(task, "SCHEDULED", 3L * i + 1));
            if (i % 2 == 0) {
                records.add(SteadyRecords.record(task, "COMPLETED", 3L * i + 2));
            }
            if (i % 4 == 0) {
                records.add(SteadyRecords.record(task, "IN_PROGRESS", 3L * i + 3));
            }
        }
        return records;
    }

    /** Resolves half of the alerts that were open when the instance was killed. */
    private static List<Recorded> healed() {
        return Stream.iterate(0, task -> task < TASKS, task -> task + 8)
                .map(task -> SteadyRecords.record("task-" + task, "COMPLETED", 1_000_000L + task))
                .toList();
    }

    private static void awaitTruth(Outputs outputs, int tasks, RatchetProcess... instances) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            outputs.poll();
            Map<String, Long> truth = truth(outputs);
            assertThat(truth.entrySet().stream()
                            .filter(count -> count.getKey().startsWith("ratchet_tasks{"))
                            .mapToLong(Map.Entry::getValue)
                            .sum())
                    .isEqualTo(tasks);
            assertThat(gauges(instances)).isEqualTo(truth);
        });
    }

    private static Map<String, Long> truth(Outputs outputs) {
        Map<String, String> current = new HashMap<>();
        for (TaskStatusChange change : outputs.changes) {
            current.put(change.getTaskId(), change.getStatus().name());
        }
        Map<String, Long> truth = new TreeMap<>();
        current.values().forEach(status -> truth.merge("ratchet_tasks{status=\"" + status + "\"}", 1L, Long::sum));
        for (TaskStatusAlert alert : outputs.alerts) {
            long difference = alert.getState() == AlertState.OPENED ? 1 : -1;
            truth.merge("ratchet_alerts_open{kind=\"" + alert.getKind() + "\"}", difference, Long::sum);
        }
        truth.values().removeIf(count -> count == 0);
        return truth;
    }

    /** {@return the sums of the gauges of all instances that are not 0} */
    private static Map<String, Long> gauges(RatchetProcess... instances) {
        Map<String, Long> sums = new TreeMap<>();
        for (RatchetProcess instance : instances) {
            lines(instance, "ratchet_tasks{", "ratchet_alerts_open{").forEach(line -> {
                int end = line.lastIndexOf(' ');
                sums.merge(line.substring(0, end), (long) Double.parseDouble(line.substring(end + 1)), Long::sum);
            });
        }
        sums.values().removeIf(count -> count == 0);
        return sums;
    }

    /** {@return the number of partitions whose timers an instance has enabled} */
    private static long share(RatchetProcess instance) {
        return lines(instance, "ratchet_timers_enabled{")
                .filter(line -> line.endsWith(" 1.0"))
                .count();
    }

    private static Stream<String> lines(RatchetProcess instance, String... prefixes) {
        return instance.output().contains("Listening on ")
                ? Webhook.of(instance)
                        .get("/metrics")
                        .lines()
                        .filter(line -> Stream.of(prefixes).anyMatch(line::startsWith))
                : Stream.empty();
    }

    private RatchetProcess run(EmbeddedKafka kafka, HttpRegistry registry, String name) throws Exception {
        return RatchetProcess.start(folder, values(kafka, registry, name), "run");
    }

    private Map<String, String> values(EmbeddedKafka kafka, HttpRegistry registry, String name) {
        return Map.of(
                "ratchet.source",
                "debezium",
                "ratchet.topic.partitions",
                String.valueOf(PARTITIONS),
                "ratchet.http.port",
                "0",
                "ratchet.state.dir",
                folder.resolve(name).toString(),
                "ratchet.schema.registry.url",
                registry.url(),
                "kafka.main.consumer.session.timeout.ms",
                "6000",
                "kafka.bootstrap.servers",
                kafka.bootstrapServers());
    }
}
