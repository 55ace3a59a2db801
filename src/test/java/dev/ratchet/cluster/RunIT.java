package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, run as an operator runs it. */
class RunIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void runChecksTopicsSurvivesKillAndStopsOnSignal() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = HttpRegistry.start()) {
            Map<String, String> values = values(kafka.bootstrapServers(), registry.url());
            try (RatchetProcess early = RatchetProcess.start(folder, values, "run")) {
                assertThat(early.await()).isEqualTo(1);
                assertThat(early.output())
                        .contains("task-status-changelog")
                        .contains("ratchet topics apply")
                        .doesNotContain("\tat ");
            }
            apply(kafka.bootstrapServers(), registry.url());
            Settings settings = settings(kafka.bootstrapServers(), registry.url());
            List<Recorded> records = Recordings.cdc("stress_1");
            Expectations stress = new Expectations(List.of("stress_1"));
            try (Outputs outputs = new Outputs(settings, SchemaRegistry.of(settings.serde()))) {
                Inputs.produce(settings, records.subList(0, records.size() / 2));
                try (RatchetProcess killed = RatchetProcess.start(folder, values, "run")) {
                    await().atMost(TIMEOUT).until(() -> outputs.poll().changes.size() > 100);
                    killed.kill();
                }
                Inputs.produce(settings, records.subList(records.size() / 2, records.size()));
                try (RatchetProcess again = RatchetProcess.start(folder, values, "run")) {
                    await().atMost(TIMEOUT).until(() -> stress.areMet(outputs.poll()));
                    int exit = again.terminate();
                    assertThat(exit).as(again.output()).isEqualTo(143);
                    assertThat(again.output()).contains("Stopped").doesNotContain("stream thread failed");
                }
                stress.assertMatches(outputs.poll());
            }
        }
    }

    @Test
    void longRegistryOutageEndsProcess() throws Exception {
        HttpRegistry registry = HttpRegistry.start();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            apply(kafka.bootstrapServers(), registry.url());
            try (RatchetProcess run =
                    RatchetProcess.start(folder, values(kafka.bootstrapServers(), registry.url()), "run")) {
                await().atMost(TIMEOUT).until(() -> run.output().contains("Stream is RUNNING"));
                registry.close();
                byte[] ofASchemaNotYetSeen = Arrays.copyOf(new byte[] {0, 0, 0, 0, 99, 1}, 900_000);
                int moreThanMayWait = 40;
                Inputs.send(
                        kafka.bootstrapServers(),
                        Collections.nCopies(
                                moreThanMayWait,
                                new ProducerRecord<>("task-status-events", "t1", ofASchemaNotYetSeen)));
                assertThat(run.await()).as(run.output()).isEqualTo(1);
                assertThat(run.output())
                        .contains("waits for its schema")
                        .contains("A stream thread failed and is replaced in 1 s: ")
                        .contains("RegistryUnavailableException")
                        .contains("and the process ends");
            }
        }
    }

    @Test
    void uncaughtErrorEndsProcess() throws Exception {
        Path tests = Path.of(UncaughtErrorReporter.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Map<String, String> values = new HashMap<>(values("127.0.0.1:9", "http://127.0.0.1:9"));
        values.put("ratchet.start.timeout", "PT5M");
        values.put("kafka.metric.reporters", UncaughtErrorReporter.class.getName());
        try (RatchetProcess run = RatchetProcess.start(folder, List.of(tests), values, "run")) {
            assertThat(run.await()).as(run.output()).isEqualTo(1);
            assertThat(run.output()).contains("RATCHET-2003", "thread=unlucky", "NoClassDefFoundError: gone");
        }
    }

    @Test
    void startWaitsForTopics() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = HttpRegistry.start()) {
            Map<String, String> values = new HashMap<>(values(kafka.bootstrapServers(), registry.url()));
            values.put("ratchet.start.timeout", "PT5M");
            try (RatchetProcess run = RatchetProcess.start(folder, values, "run")) {
                await().atMost(TIMEOUT)
                        .until(() -> run.output().contains("Ratchet waits up to 300 s to start: the topics"));
                apply(kafka.bootstrapServers(), registry.url());
                await().atMost(TIMEOUT).until(() -> run.output().contains("Stream is RUNNING"));
                assertThat(run.output().split("RATCHET-1015", -1)).hasSize(2);
            }
        }
    }

    @Test
    void mockRegistryIsRejected() throws Exception {
        try (RatchetProcess run = RatchetProcess.start(folder, values("127.0.0.1:9", "mock://mine"), "run")) {
            assertThat(run.await()).isEqualTo(2);
            assertThat(run.output())
                    .contains("Expected ratchet.schema.registry.url to be http(s)://HOST[:PORT][/PATH], but got"
                            + " 'mock://mine': that registry exists only in this process");
        }
    }

    @Test
    void missingBrokerPrintsOneLine() throws Exception {
        try (RatchetProcess run = RatchetProcess.start(folder, values("127.0.0.1:9", "http://127.0.0.1:9"), "run")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.output()).contains("Expected a Kafka broker at kafka.bootstrap.servers=127.0.0.1:9, but");
            assertThat(run.output()).doesNotContain("\tat ");
        }
    }

    @Test
    void missingRegistryPrintsOneLine() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            apply(kafka.bootstrapServers(), "http://127.0.0.1:9");
            try (RatchetProcess run =
                    RatchetProcess.start(folder, values(kafka.bootstrapServers(), "http://127.0.0.1:9"), "run")) {
                assertThat(run.await()).isEqualTo(1);
                assertThat(run.output())
                        .contains("http://127.0.0.1:9")
                        .contains("Expected")
                        .doesNotContain("\tat ");
            }
        }
    }

    @Test
    void allSettingErrorsAreReportedTogether() throws Exception {
        try (RatchetProcess run = RatchetProcess.start(
                folder,
                Map.of("ratchet.topic.partitions", "eighty", "ratchet.topic.event", "x", "ratchet.source", "kafka"),
                "run")) {
            assertThat(run.await()).isEqualTo(2);
            assertThat(run.output())
                    .contains("Expected ratchet.topic.partitions to be a whole number of at least 1, but got 'eighty'.")
                    .contains("did you mean ratchet.topic.events?")
                    .contains("Expected ratchet.source to be native or debezium, but got 'kafka'.")
                    .contains("Expected kafka.bootstrap.servers to be set")
                    .doesNotContain("\tat ");
        }
    }

    private void apply(String bootstrapServers, String registry) throws Exception {
        try (RatchetProcess apply =
                RatchetProcess.start(folder, values(bootstrapServers, registry), "topics", "apply")) {
            assertThat(apply.await()).as(apply.output()).isEqualTo(0);
        }
    }

    private Settings settings(String bootstrapServers, String registry) {
        return Settings.load(Optional.empty(), Map.of(), values(bootstrapServers, registry));
    }

    private Map<String, String> values(String bootstrapServers, String registry) {
        return Map.of(
                "ratchet.source", "debezium",
                "ratchet.topic.partitions", "2",
                "ratchet.state.dir", folder.resolve("state").toString(),
                "ratchet.schema.registry.url", registry,
                "ratchet.serde.max.retries", "0",
                "ratchet.http.port", "0",
                "ratchet.start.timeout", "PT0S",
                "kafka.admin.default.api.timeout.ms", "5000",
                "kafka.admin.request.timeout.ms", "5000",
                "kafka.bootstrap.servers", bootstrapServers);
    }
}
