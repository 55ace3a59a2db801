package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.Recordings;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.BrokerProcess;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.worker.Commands;
import dev.ratchet.repair.worker.StatefulConductor;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.RepairCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the packaged program takes to stop after SIGTERM while all parts are busy. */
class StopIT {
    /** Grace period of the README and the compose file. */
    private static final Duration DOCUMENTED = Duration.ofSeconds(40);

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void processStopsInTimeWithoutAnswersFromBrokers() throws Exception {
        try (BrokerProcess kafka = BrokerProcess.start(Files.createDirectory(folder.resolve("kafka")));
                HttpRegistry registry = HttpRegistry.start();
                StatefulConductor conductor = StatefulConductor.start()) {
            Map<String, String> values = values(kafka, registry, conductor);
            Settings settings = Settings.load(Optional.empty(), Map.of(), values);
            try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
                admin.apply(TopicPlan.of(settings));
            }
            try (RatchetProcess run = RatchetProcess.start(folder, values, "run")) {
                await().atMost(TIMEOUT)
                        .failFast(
                                () -> assertThat(run.isAlive()).as(run.output()).isTrue())
                        .until(() -> run.output().contains("Stream is RUNNING"));
                Webhook webhook = Webhook.of(run);
                assertThat(webhook.post(Webhook.task("before"))).isEqualTo(200);
                conductor.holds("t1", "IN_PROGRESS");
                conductor.fault = request -> Optional.of(StatefulConductor.silence());
                byte[] command = new AvroSerializer<>(RepairCommand.class, SchemaRegistry.of(settings.serde()))
                        .serialize(settings.topics().repairCommands(), Commands.repair("t1"));
                Inputs.produce(kafka.bootstrapServers(), settings.topics().repairCommands(), "t1", command);
                await().atMost(TIMEOUT).until(() -> !conductor.asked.isEmpty());
                Inputs.produce(settings, Recordings.cdc("stress_1")); // records to commit
                kafka.pause();
                CompletableFuture<Integer> waits = webhook.postLater(Webhook.task("meanwhile"));

                long signaledAt = System.nanoTime();
                int exit = run.terminate();

                assertThat(Duration.ofNanos(System.nanoTime() - signaledAt))
                        .as(run.output())
                        .isLessThan(DOCUMENTED);
                assertThat(exit).isEqualTo(143);
                await().atMost(TIMEOUT).until(waits::isDone); // answered or disconnected
            }
        }
    }

    private Map<String, String> values(BrokerProcess kafka, HttpRegistry registry, StatefulConductor conductor) {
        return Map.ofEntries(
                Map.entry("ratchet.source", "debezium"),
                Map.entry("ratchet.topic.partitions", "2"),
                Map.entry("ratchet.state.dir", folder.resolve("state").toString()),
                Map.entry("ratchet.schema.registry.url", registry.url()),
                Map.entry("ratchet.http.port", "0"),
                Map.entry("ratchet.http.token", Webhook.TOKEN),
                Map.entry("ratchet.intake.mode", "on"),
                Map.entry("ratchet.repair.mode", "apply"),
                Map.entry("ratchet.conductor.url", conductor.url().toString()),
                Map.entry("kafka.bootstrap.servers", kafka.bootstrapServers()));
    }
}
