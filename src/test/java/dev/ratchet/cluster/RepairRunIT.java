package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.worker.Commands;
import dev.ratchet.repair.worker.StatefulConductor;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program repairs, continues after a kill, and retries given-up repairs on request. */
class RepairRunIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void killBetweenWriteAndResultRepeatsNoWrite() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = HttpRegistry.start();
                StatefulConductor conductor = StatefulConductor.start()) {
            Map<String, String> values = values(kafka, registry, conductor);
            Settings settings = Settings.load(Optional.empty(), Map.of(), values);
            SchemaRegistry schemas = SchemaRegistry.of(settings.serde());
            try (RatchetProcess apply = RatchetProcess.start(folder, values, "topics", "apply")) {
                assertThat(apply.await()).as(apply.output()).isZero();
            }
            conductor.holds("t1", "IN_PROGRESS");
            conductor.fault = request ->
                    request.equals("POST /tasks") ? Optional.of(StatefulConductor.silence()) : Optional.empty();
            String commands = settings.topics().repairCommands();
            byte[] command =
                    new AvroSerializer<>(RepairCommand.class, schemas).serialize(commands, Commands.repair("t1"));
            Inputs.produce(kafka.bootstrapServers(), commands, "t1", command);
            try (RatchetProcess killed = RatchetProcess.start(folder, values, "run")) {
                await().atMost(TIMEOUT).until(() -> conductor.effects.size() == 1);
                killed.kill();
                assertThat(killed.output())
                        .contains("ratchet.repair.mode=apply (--set), ratchet.audit.mode=off (default),"
                                + " ratchet.conductor.url=" + conductor.url() + " (--set)");
            }
            assertThat(results(settings, schemas)).isEmpty();

            conductor.fault = request -> Optional.empty();
            try (RatchetProcess again = RatchetProcess.start(folder, values, "run")) {
                await().atMost(TIMEOUT).until(() -> !results(settings, schemas).isEmpty());
                assertThat(again.terminate()).as(again.output()).isEqualTo(143);
                assertThat(again.output()).contains("Stopped").doesNotContain("ERROR");
            }
            assertThat(results(settings, schemas))
                    .singleElement()
                    .extracting(RepairResult::getResult)
                    .isEqualTo(RepairOutcome.ALREADY_CONSISTENT);
            assertThat(conductor.asked("POST /tasks")).isEqualTo(1);
            assertThat(conductor.effects).hasSize(1);
        }
    }

    @Test
    void givenUpRepairIsListedAndRetriedOnRequest() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = HttpRegistry.start();
                StatefulConductor conductor = StatefulConductor.start()) {
            Map<String, String> values = new HashMap<>(values(kafka, registry, conductor));
            values.putAll(Map.of("ratchet.repair.attempts", "1", "ratchet.source", "native"));
            Settings settings = Settings.load(Optional.empty(), Map.of(), values);
            SchemaRegistry schemas = SchemaRegistry.of(settings.serde());
            assertThat(ratchet(values, "topics", "apply")).contains("created");
            conductor.holds("t1", "IN_PROGRESS");
            conductor.fault = request ->
                    request.equals("POST /tasks") ? Optional.of(StatefulConductor.status(409)) : Optional.empty();
            try (RatchetProcess run = RatchetProcess.start(folder, values, "run");
                    Outputs outputs = new Outputs(settings, schemas)) {
                loseAnEnd(settings, schemas);
                await().atMost(TIMEOUT)
                        .until(() -> outputs.poll().alerts.stream()
                                .anyMatch(alert -> alert.getKind() == AlertKind.REPAIR_FAILED));
                assertThat(ratchet(values, "repairs", "list"))
                        .contains("t1 upload of workflow w1: should be COMPLETED, Conductor reported IN_PROGRESS at")
                        .contains(
                                "GIVEN UP after 1 attempts: Expected Conductor to accept POST /tasks, but it answered 409")
                        .contains("1 repairs are open, of which 1 are given up.");

                conductor.fault = request -> Optional.empty();
                assertThat(ratchet(values, "repairs", "retry", "t1")).contains("Retry requested: task t1");
                await().atMost(TIMEOUT)
                        .until(() -> outputs.poll().alerts.stream()
                                .anyMatch(alert -> alert.getKind() == AlertKind.LOST_UPDATE
                                        && alert.getState() == AlertState.RESOLVED));
                assertThat(conductor.effects).containsExactly("t1 COMPLETED {\"file\":\"a\"}");
                assertThat(ratchet(values, "repairs", "list", "--failed")).contains("0 repairs are open");
                assertThat(run.isAlive()).isTrue();
            }
            try (RatchetProcess unknown = RatchetProcess.start(folder, values, "repairs", "retry", "t9")) {
                assertThat(unknown.await()).isEqualTo(1);
                assertThat(unknown.output()).contains("Expected task t9 to have an open repair, but it has none");
            }
        }
    }

    private String ratchet(Map<String, String> values, String... command) throws Exception {
        try (RatchetProcess process = RatchetProcess.start(folder, values, command)) {
            assertThat(process.await()).as(process.output()).isZero();
            return process.output();
        }
    }

    private static void loseAnEnd(Settings settings, SchemaRegistry schemas) throws Exception {
        String topic = settings.topics().events();
        AvroSerializer<TaskStatusEvent> bytes = new AvroSerializer<>(TaskStatusEvent.class, schemas);
        long sequence = 0;
        for (TaskStatus status : List.of(TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED, TaskStatus.IN_PROGRESS)) {
            sequence++;
            TaskIdentity task = new TaskIdentity("t1", "w1", "loop", "HTTP", "upload");
            TaskStatusEvent event = TaskRecords.event(
                    new StatusEvent(task, status, 0, sequence, sequence, EventSource.NATIVE, EpochEvidence.NONE));
            event.setOutput(status == TaskStatus.COMPLETED ? "{\"file\":\"a\"}" : null);
            byte[] value = bytes.serialize(topic, event);
            Inputs.produce((String) settings.kafka().get("bootstrap.servers"), topic, "t1", value);
        }
    }

    private static List<RepairResult> results(Settings settings, SchemaRegistry registry) {
        String topic = settings.topics().repairResults();
        List<RepairResult> results = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", settings.kafka().get("bootstrap.servers")),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> results.add(new AvroDeserializer<>(RepairResult.class, registry)
                                .deserialize(topic, record.value())));
            }
        }
        return results;
    }

    private Map<String, String> values(EmbeddedKafka kafka, HttpRegistry registry, StatefulConductor conductor) {
        return Map.of(
                "ratchet.topic.partitions",
                "2",
                "ratchet.http.port",
                "0",
                "ratchet.state.dir",
                folder.resolve("state").toString(),
                "ratchet.schema.registry.url",
                registry.url(),
                "ratchet.repair.mode",
                "apply",
                "ratchet.conductor.url",
                conductor.url().toString(),
                "kafka.session.timeout.ms",
                "6000",
                "kafka.main.consumer.session.timeout.ms",
                "6000",
                "kafka.bootstrap.servers",
                kafka.bootstrapServers());
    }
}
