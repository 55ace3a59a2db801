package dev.ratchet.bench;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** An event as a change, whatever came before it. */
final class Changes {
    private Changes() {}

    static TaskStatusChange of(TaskStatusEvent event) {
        TaskStatusChange change = new TaskStatusChange();
        change.setTaskId(event.getTaskId());
        change.setWorkflowId(event.getWorkflowId());
        change.setWorkflowType(event.getWorkflowType());
        change.setTaskType(event.getTaskType());
        change.setReferenceTaskName(event.getReferenceTaskName());
        change.setStatus(event.getStatus());
        change.setEpoch(1);
        change.setSequence(event.getSequence());
        change.setRevision(1L);
        change.setOccurredAt(event.getOccurredAt());
        change.setSource(event.getSource());
        return change;
    }

    static TaskStatusChange of(StatusEvent event) {
        TaskStatusChange change = new TaskStatusChange();
        change.setTaskId(event.task().taskId());
        change.setWorkflowId(event.task().workflowId());
        change.setWorkflowType(event.task().workflowType());
        change.setTaskType(event.task().taskType());
        change.setReferenceTaskName(event.task().referenceTaskName());
        change.setStatus(TaskStatus.valueOf(event.status().name()));
        change.setEpoch(1);
        change.setSequence(event.sequence());
        change.setRevision(1L);
        change.setOccurredAt(Instant.ofEpochMilli(event.occurredAt()));
        change.setSource(TaskSource.CDC);
        return change;
    }

    /** Writes them as Ratchet does. */
    static AvroSerializer<TaskStatusChange> serializer(Settings settings, SchemaRegistry registry) {
        AvroSerializer<TaskStatusChange> serializer = new AvroSerializer<>(TaskStatusChange.class, registry);
        Map<String, Object> serde = new HashMap<>(settings.serde());
        serde.put("avro.remove.java.properties", true);
        serializer.configure(serde, false);
        return serializer;
    }
}
