package dev.ratchet.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.StatusEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The relevant fields of {@code json_data} in Conductor's order and compact form. */
public final class TaskJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> fields;

    private TaskJson(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** The row of an event. */
    public static TaskJson of(StatusEvent event) {
        EpochEvidence evidence = event.evidence();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("taskType", event.task().taskType());
        fields.put("status", event.status().name());
        fields.put("referenceTaskName", event.task().referenceTaskName());
        fields.put("retryCount", evidence.key().retryCount());
        fields.put("pollCount", evidence.pollCount());
        fields.put("scheduledTime", evidence.key().scheduledTime());
        fields.put("startTime", evidence.startTime());
        fields.put("endTime", evidence.endTime());
        fields.put("executed", evidence.executed() == Flag.YES);
        fields.put("workflowInstanceId", event.task().workflowId());
        fields.put("workflowType", event.task().workflowType());
        fields.put("taskId", event.task().taskId());
        fields.put("subworkflowChanged", evidence.subworkflowChanged() == Flag.YES);
        return new TaskJson(fields);
    }

    /** A copy with this field changed. */
    TaskJson with(String field, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        changed.put(field, value);
        return new TaskJson(changed);
    }

    @Override
    public String toString() {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
