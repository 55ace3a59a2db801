package dev.ratchet.conductor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Conductor's {@code TaskResult}, by its field names. Empty fields are left out.
 *
 * @param outputData JSON, copied byte for byte
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record TaskResult(
        String workflowInstanceId,
        String taskId,
        String status,
        @JsonRawValue @Nullable String outputData,
        String externalOutputPayloadStoragePath,
        String workerId,
        String reasonForIncompletion,
        String subWorkflowId) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static TaskResult of(TaskUpdate update) {
        return new TaskResult(
                update.workflowId(),
                update.taskId(),
                update.status().name(),
                update.payload().output().orElse(null),
                update.payload().externalOutputPath(),
                update.payload().workerId(),
                update.payload().reasonForIncompletion(),
                update.payload().subWorkflowId());
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e); // in memory: never
        }
    }
}
