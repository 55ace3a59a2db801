package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.worker.StatefulConductor;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The packaged program beside a broker, a registry and a stand-in for Conductor, after traffic of each kind: accepted,
 * rejected and unreadable records, a notification, a lost update and its repair.
 */
final class MeasuredRun implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final EmbeddedKafka kafka;
    private final HttpRegistry registry;
    private final StatefulConductor conductor;
    private final RatchetProcess process;

    private MeasuredRun(
            EmbeddedKafka kafka, HttpRegistry registry, StatefulConductor conductor, RatchetProcess process) {
        this.kafka = kafka;
        this.registry = registry;
        this.conductor = conductor;
        this.process = process;
    }

    /** @param partitions of each topic */
    static MeasuredRun start(Path folder, int partitions) throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        HttpRegistry registry = HttpRegistry.start();
        StatefulConductor conductor = StatefulConductor.start();
        Map<String, String> values = Map.of(
                "ratchet.topic.partitions", String.valueOf(partitions),
                "ratchet.http.port", "0",
                "ratchet.http.token", Webhook.TOKEN,
                "ratchet.intake.mode", "on",
                "ratchet.state.dir", folder.resolve("state").toString(),
                "ratchet.schema.registry.url", registry.url(),
                "ratchet.repair.mode", "apply",
                "ratchet.conductor.url", conductor.url().toString(),
                "kafka.bootstrap.servers", kafka.bootstrapServers());
        try (RatchetProcess apply = RatchetProcess.start(folder, values, "topics", "apply")) {
            assertThat(apply.await()).as(apply.output()).isZero();
        }
        RatchetProcess process = RatchetProcess.start(folder, List.of("-XX:+UseG1GC"), List.of(), values, "run");
        MeasuredRun run = new MeasuredRun(kafka, registry, conductor, process);
        run.sendOfEachKind(Settings.load(Optional.empty(), Map.of(), values));
        return run;
    }

    private void sendOfEachKind(Settings settings) throws Exception {
        conductor.holds("lost", "IN_PROGRESS");
        String topic = settings.topics().events();
        AvroSerializer<TaskStatusEvent> bytes =
                new AvroSerializer<>(TaskStatusEvent.class, SchemaRegistry.of(settings.serde()));
        long sequence = 0;
        for (TaskStatus status : List.of(TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED, TaskStatus.IN_PROGRESS)) {
            sequence++;
            TaskIdentity task = new TaskIdentity("lost", "w1", "loop", "HTTP", "upload");
            TaskStatusEvent event = TaskRecords.event(
                    new StatusEvent(task, status, 0, sequence, sequence, EventSource.NATIVE, EpochEvidence.NONE));
            event.setOutput(status == TaskStatus.COMPLETED ? "{\"file\":\"a\"}" : null);
            Inputs.produce(kafka.bootstrapServers(), topic, "lost", bytes.serialize(topic, event));
        }
        Inputs.produce(kafka.bootstrapServers(), topic, "unreadable", new byte[] {1, 2, 3});
        await().atMost(TIMEOUT).until(() -> Webhook.isServedBy(process) && conductor.effects.size() == 1);
        Webhook webhook = Webhook.of(process);
        assertThat(webhook.post(Webhook.task("notified"))).isEqualTo(200);
    }

    /** Reads {@code /metrics}. */
    Scrape scrape() throws Exception {
        return Scrape.of(Webhook.of(process).address());
    }

    RatchetProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
        conductor.close();
        registry.close();
        kafka.close();
    }
}
