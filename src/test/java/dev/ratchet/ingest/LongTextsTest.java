package dev.ratchet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.ingest.avro.NativeJsonReader;
import dev.ratchet.ingest.avro.NativeReader;
import dev.ratchet.ingest.avro.RepairResultReader;
import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.ingest.webhook.WebhookReader;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TextLimits;
import dev.ratchet.v1.AuditFinding;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts longer than anything that Conductor writes for good, in every format that is read. */
class LongTextsTest {
    private static final String TOO_LONG = " to be an id of at most 255 characters, but got ";
    private static final Charset UTF = StandardCharsets.UTF_8;
    private static final SchemaRegistry REGISTRY = SchemaRegistry.of(Map.of("schema.registry.url", "mock://long"));

    @ParameterizedTest
    @ValueSource(ints = {256, 2_097_152})
    void longIdIsRejectedInEveryFormat(int length) {
        String id = "i".repeat(length);
        String told = TOO_LONG + length + " characters";
        for (String field : new String[] {"taskId", "workflowId"}) {
            ObjectNode event = event().put(field, id);
            Read.by(new WebhookReader(), event.toString()).isUnreadable("Expected " + field + told);
            Read.by(new NativeJsonReader(), event.toString()).isUnreadable("Expected " + field + told);
        }
        Read.by(new DebeziumReader(0), row(Change.task().put("workflowInstanceId", id)))
                .isUnreadable("Expected workflowInstanceId" + told);
        ObjectNode row = Change.of("u", Change.task());
        row.withObjectProperty("after").put("task_id", id);
        Read.by(new DebeziumReader(0), row.toString()).isUnreadable("Expected after.task_id" + told);
        ObjectNode deletion = Change.deletion();
        deletion.withObjectProperty("before").put("task_id", id);
        Read.by(new DebeziumReader(0), deletion.toString()).isUnreadable("Expected before.task_id" + told);

        isUnreadable(avro(record -> record.setTaskId(id)), "Expected taskId" + told);
        isUnreadable(avro(record -> record.setWorkflowId(id)), "Expected workflowId" + told);
        isUnreadable(result(result -> result.setTaskId(id)), "Expected taskId" + told);
        isUnreadable(
                result(result -> result.setEvent(audited(event -> event.setWorkflowId(id)))),
                "Expected workflowId" + told);
    }

    @Test
    void idAtLimitIsRead() {
        String id = "i".repeat(255);
        assertThat(Read.by(new WebhookReader(), event().put("taskId", id).toString())
                        .event()
                        .task()
                        .taskId())
                .isEqualTo(id);
        assertThat(avro(record -> record.setTaskId(id))).isInstanceOf(Reading.Event.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"workflowType", "taskType", "referenceTaskName"})
    void longNameIsCut(String field) {
        String name = "n".repeat(2_000_000);
        String cut = field + "=" + TextLimits.cut(name, TextLimits.NAME);
        assertThat(task(Read.by(new WebhookReader(), event().put(field, name).toString())))
                .contains(cut);
        assertThat(task(Read.by(new NativeJsonReader(), event().put(field, name).toString())))
                .contains(cut);
        assertThat(task(Read.by(new DebeziumReader(0), row(Change.task().put(field, name)))))
                .contains(cut);
        assertThat(avro(record -> record.put(field, name)).toString()).contains(cut);
    }

    @Test
    void longPayloadFieldsAreCutOrLeftOut() {
        String text = "x".repeat(1_500_000);
        ObjectNode task = Change.task()
                .put("status", "FAILED")
                .put("reasonForIncompletion", text)
                .put("workerId", text)
                .put("subWorkflowId", text)
                .put("externalOutputPayloadStoragePath", text);
        Reading reading = new DebeziumReader(0, new PayloadCapturePolicy(1_000))
                .read(row(task).getBytes(UTF));
        assertThat(((Reading.Event) reading).payload())
                .isEqualTo(new TaskOutput(
                        Optional.empty(),
                        "",
                        TextLimits.cut(text, TextLimits.NAME),
                        TextLimits.cut(text, TextLimits.REASON),
                        "",
                        false));
    }

    @Test
    void omittedOutputMarksPayloadIncomplete() {
        ObjectNode task = Change.task().put("status", "COMPLETED");
        task.putObject("outputData").put("ü", "ü".repeat(300));
        for (int most : new int[] {100, 400, 610}) { // by characters, and by bytes
            Reading reading = new DebeziumReader(0, new PayloadCapturePolicy(most))
                    .read(row(task).getBytes(UTF));
            TaskOutput payload = ((Reading.Event) reading).payload();
            assertThat(payload.complete())
                    .isEqualTo(payload.output().isPresent())
                    .isEqualTo(most == 610);
        }
    }

    private static String task(Read read) {
        return read.event().task().toString();
    }

    private static void isUnreadable(Reading reading, String error) {
        assertThat(reading).isEqualTo(new Reading.Unreadable(DeadLetterCategory.MALFORMED, error));
    }

    private static ObjectNode event() {
        return Read.json(
                "{'taskId':'t-1','workflowId':'w-1','status':'COMPLETED','sequence':5,'endTime':1795359820000}");
    }

    private static String row(ObjectNode task) {
        return Change.of("u", task).toString();
    }

    private static Reading avro(Consumer<TaskStatusEvent> change) {
        TaskStatusEvent record = TaskRecords.event(of(EventSource.NATIVE));
        change.accept(record);
        return new NativeReader(
                        new AvroDeserializer<>(TaskStatusEvent.class, REGISTRY), "events", PayloadCapturePolicy.NOTHING)
                .read(new AvroSerializer<>(TaskStatusEvent.class, REGISTRY).serialize("events", record));
    }

    private static TaskStatusEvent audited(Consumer<TaskStatusEvent> change) {
        TaskStatusEvent record = TaskRecords.event(of(EventSource.AUDIT));
        change.accept(record);
        return record;
    }

    private static StatusEvent of(EventSource source) {
        StatusEvent event = Change.EVENT;
        return new StatusEvent(
                new TaskIdentity("t-1", "w-1", "order", "SHIP", "ship"),
                event.status(),
                event.epoch(),
                event.sequence(),
                event.occurredAt(),
                source,
                event.evidence());
    }

    private static Reading result(Consumer<RepairResult> change) {
        RepairResult result = new RepairResult();
        result.setCommandId("c");
        result.setTaskId("t-1");
        result.setEpoch(1);
        result.setHeardSequence(95_086_312L);
        result.setAttempt(0);
        result.setResult(RepairOutcome.AUDITED);
        result.setReason("because");
        result.setFinding(AuditFinding.AHEAD);
        result.setFinishedAt(Instant.EPOCH);
        change.accept(result);
        return new RepairResultReader(
                        new AvroDeserializer<>(RepairResult.class, REGISTRY), "results", PayloadCapturePolicy.NOTHING)
                .read(new AvroSerializer<>(RepairResult.class, REGISTRY).serialize("results", result));
    }
}
