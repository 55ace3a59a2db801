package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.config.Settings;
import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

/** Records far larger than a producer's default limit, on a real broker: they affect no other task and no thread. */
class LargeRecordsIT extends LargeRecordsFixture {
    @Test
    void largeCdcRecordsAffectNoOtherTask() throws Exception {
        Settings settings = prepared("debezium");
        List<ProducerRecord<String, byte[]>> rows = new ArrayList<>(List.of(
                row("before", "IN_PROGRESS", 1, ""),
                row("http", "IN_PROGRESS", 2, ""),
                row("http", "FAILED", 3, ",\"reasonForIncompletion\":\"" + REASON + "\""),
                row(
                        "large",
                        "COMPLETED",
                        4,
                        ",\"inputData\":{},\"outputData\":{\"x\":\"" + "o".repeat(8 << 20) + "\"}"),
                row(ID, "COMPLETED", 5, ""),
                row("workflow", "COMPLETED", 6, ",\"workflowInstanceId\":\"" + ID + "\""),
                row("http", "IN_PROGRESS", 7, ""),
                row("large", "IN_PROGRESS", 8, ""),
                row("before", "COMPLETED", 9, ""),
                row("after", "COMPLETED", 10, "")));
        send(rows);
        assertOtherTasksUnaffected(settings, rows.size(), outputs -> {
            assertThat(command(outputs, "http").getReasonForIncompletion()).isEqualTo(CUT);
            assertThat(command(outputs, "large").getPayloadIncomplete()).isTrue();
            assertThat(command(outputs, "large").getOutput()).isNull();
        });
    }

    @Test
    void largeNativeEventsAffectNoOtherTask() throws Exception {
        Settings settings = prepared("native");
        List<ProducerRecord<String, byte[]>> events = new ArrayList<>();
        events.add(event(settings, "before", TaskStatus.IN_PROGRESS, 1));
        events.add(event(settings, "http", TaskStatus.IN_PROGRESS, 2));
        TaskStatusEvent failed = avro("http", TaskStatus.FAILED, 3);
        failed.setReasonForIncompletion(REASON);
        events.add(event(settings, failed));
        TaskStatusEvent large = avro("large", TaskStatus.COMPLETED, 4);
        large.setOutput("{\"x\":\"" + "o".repeat(8 << 20) + "\"}");
        events.add(event(settings, large));
        events.add(event(settings, ID, TaskStatus.COMPLETED, 5));
        TaskStatusEvent workflow = avro("workflow", TaskStatus.COMPLETED, 6);
        workflow.setWorkflowId(ID);
        events.add(event(settings, workflow));
        events.add(event(settings, "http", TaskStatus.IN_PROGRESS, 7));
        events.add(event(settings, "large", TaskStatus.IN_PROGRESS, 8));
        events.add(event(settings, "before", TaskStatus.COMPLETED, 9));
        events.add(event(settings, "after", TaskStatus.COMPLETED, 10));
        send(events);
        assertOtherTasksUnaffected(settings, events.size(), outputs -> {
            assertThat(command(outputs, "http").getReasonForIncompletion()).isEqualTo(CUT);
            assertThat(command(outputs, "large").getPayloadIncomplete()).isTrue();
        });
    }

    /** Checks that every record was read once, so no thread died, and that other tasks have their expected outputs. */
    private void assertOtherTasksUnaffected(Settings settings, int records, Consumer<Outputs> more) throws Exception {
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        ReadableEventCounters counters = new ReadableEventCounters();
        try (Outputs outputs = new Outputs(settings, registry);
                RatchetStream stream = StreamFactory.of(settings, registry, counters)) {
            stream.start();
            await().atMost(TIMEOUT).until(() -> outputs.poll().commands.size() == 2 && outputs.deadLetters.size() == 2);
            assertThat(counters.read()).isEqualTo(records);
            assertThat(stream.state()).isEqualTo(State.RUNNING);
            assertThat(outputs.pollToEnd().changes)
                    .extracting(change -> change.getTaskId() + " " + change.getStatus())
                    .containsExactly(
                            "before IN_PROGRESS",
                            "http IN_PROGRESS",
                            "http FAILED",
                            "large COMPLETED",
                            "before COMPLETED",
                            "after COMPLETED");
            assertThat(outputs.rejections).hasSize(2).allMatch(rejection -> rejection.getLostUpdate());
            assertThat(outputs.deadLetters).extracting(Outputs::category).containsOnly("MALFORMED");
            assertThat(counters.deadLetters(DeadLetterCategory.MALFORMED)).isEqualTo(2);
            more.accept(outputs);
        }
    }

    private static RepairCommand command(Outputs outputs, String task) {
        return outputs.commands.stream()
                .filter(command -> command.getTaskId().equals(task))
                .findFirst()
                .orElseThrow();
    }

    private static ProducerRecord<String, byte[]> row(String task, String status, long position, String more) {
        String data = "{\"status\":\"" + status + "\"" + more + "}";
        String change =
                "{\"op\":\"u\",\"after\":{\"task_id\":\"%s\",\"json_data\":\"%s\"},\"source\":{\"lsn\":%d,\"ts_ms\":%d}}"
                        .formatted(task, data.replace("\"", "\\\""), position, position);
        return new ProducerRecord<>("conductor.public.task", task, change.getBytes(StandardCharsets.UTF_8));
    }

    private static TaskStatusEvent avro(String task, TaskStatus status, long sequence) {
        TaskStatusEvent event = new TaskStatusEvent();
        event.setTaskId(task);
        event.setWorkflowId("w1");
        event.setTaskType("HTTP");
        event.setReferenceTaskName("http");
        event.setStatus(status);
        event.setSequence(sequence);
        event.setOccurredAt(Instant.now());
        event.setSource(TaskSource.NATIVE);
        return event;
    }

    private static ProducerRecord<String, byte[]> event(Settings settings, String task, TaskStatus status, long at) {
        return event(settings, avro(task, status, at));
    }

    private static ProducerRecord<String, byte[]> event(Settings settings, TaskStatusEvent event) {
        String topic = settings.topics().events();
        byte[] value = new AvroSerializer<>(TaskStatusEvent.class, SchemaRegistry.of(settings.serde()))
                .serialize(topic, event);
        return new ProducerRecord<>(topic, event.getTaskId(), value);
    }

    private void send(List<ProducerRecord<String, byte[]>> records) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "max.request.size",
                        INPUT_BYTES,
                        "buffer.memory",
                        2 * INPUT_BYTES),
                new StringSerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    /** Creates input topics with a large record limit; Ratchet creates all others. */
    private Settings prepared(String source) throws Exception {
        Settings settings = settings(source, Map.of());
        try (Admin admin = Admin.create(settings.kafka())) {
            admin.createTopics(List.of(
                            input(settings.topics().events()),
                            input(settings.topics().cdc())))
                    .all()
                    .get();
        }
        return applied(settings);
    }

    private static NewTopic input(String name) {
        return new NewTopic(name, 1, (short) 1)
                .configs(Map.of("max.message.bytes", String.valueOf(INPUT_BYTES), "retention.ms", "604800000"));
    }
}
