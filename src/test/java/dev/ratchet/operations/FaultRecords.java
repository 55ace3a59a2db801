package dev.ratchet.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.cluster.Inputs;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** Writes records to the inputs of one run, each with a later sequence than the one before. */
final class FaultRecords {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bootstrapServers;
    private final Settings settings;
    private final AvroSerializer<TaskStatusEvent> avro;
    private long sequence = 1_000;

    FaultRecords(Settings settings) {
        this.settings = settings;
        this.bootstrapServers = (String) settings.kafka().get(Settings.BOOTSTRAP_SERVERS.replaceFirst("kafka\\.", ""));
        this.avro = new AvroSerializer<>(TaskStatusEvent.class, SchemaRegistry.of(settings.serde()));
    }

    /** Changes of a task's row, in this order. */
    void rows(String task, String... statuses) throws Exception {
        for (String status : statuses) {
            row(task, status, Map.of());
        }
    }

    /** @param more fields of the task, as in Conductor's JSON */
    void row(String task, String status, Map<String, ?> more) throws Exception {
        ObjectNode data = JSON.createObjectNode();
        data.put("taskId", task).put("workflowInstanceId", "w1").put("workflowType", "loop");
        data.put("taskType", "HTTP").put("referenceTaskName", "upload").put("status", status);
        data.setAll((ObjectNode) JSON.valueToTree(more));
        ObjectNode change = change("u");
        change.putObject("after").put("task_id", task).put("json_data", data.toString());
        cdc(task, change.toString());
    }

    void deletion(String task) throws Exception {
        ObjectNode change = change("d");
        change.putObject("before").put("task_id", task).putNull("json_data");
        cdc(task, change.toString());
    }

    /** The message that the guard in Conductor's database writes when it refuses a stale write. */
    void refusedWrite(String task, String stands, String refused) throws Exception {
        String content = JSON.createObjectNode()
                .put("taskId", task)
                .put("status", stands)
                .put("refusedStatus", refused)
                .toString();
        ObjectNode change = change("m");
        change.putObject("message")
                .put("prefix", "ratchet.guard")
                .put("content", Base64.getEncoder().encodeToString(content.getBytes(UTF_8)));
        cdc(task, change.toString());
    }

    void cdc(String key, String value) throws Exception {
        send(new ProducerRecord<>(settings.topics().cdc(), key, value.getBytes(UTF_8)));
    }

    byte[] event(String task, TaskStatus status, EventSource source) {
        sequence++;
        TaskIdentity identity = new TaskIdentity(task, "w1", "loop", "HTTP", "upload");
        TaskStatusEvent event =
                TaskRecords.event(new StatusEvent(identity, status, 0, sequence, sequence, source, EpochEvidence.NONE));
        return Objects.requireNonNull(avro.serialize(settings.topics().events(), event));
    }

    /** A native event. */
    void event(String task, TaskStatus status) throws Exception {
        events(task, event(task, status, EventSource.NATIVE));
    }

    /** A native event whose schema has another id in the registry. */
    void eventWithSchema(String task, int schema) throws Exception {
        byte[] value = event(task, TaskStatus.SCHEDULED, EventSource.NATIVE);
        ByteBuffer.wrap(value).putInt(1, schema);
        events(task, value);
    }

    void events(String key, byte[] value) throws Exception {
        send(new ProducerRecord<>(settings.topics().events(), key, value));
    }

    /** A native event on another partition than its key belongs to. */
    void eventOnOtherPartition(String task) throws Exception {
        int other = 1 - BuiltInPartitioner.partitionForKey(task.getBytes(UTF_8), 2);
        byte[] value = event(task, TaskStatus.SCHEDULED, EventSource.NATIVE);
        send(new ProducerRecord<>(settings.topics().events(), other, task, value));
    }

    /** A change of a task whose names make its records larger than 700 bytes. */
    void wideRow(String task) throws Exception {
        String name = "n".repeat(250);
        row(task, "COMPLETED", Map.of("workflowType", name, "taskType", name, "referenceTaskName", name));
    }

    private void send(ProducerRecord<String, byte[]> record) throws Exception {
        Inputs.send(bootstrapServers, new ArrayList<>(List.of(record)));
    }

    private ObjectNode change(String op) {
        sequence++;
        ObjectNode change = JSON.createObjectNode().put("op", op);
        change.putObject("source").put("lsn", sequence).put("ts_ms", System.currentTimeMillis());
        return change;
    }
}
