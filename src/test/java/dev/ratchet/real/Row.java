package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.task.TaskStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A task's row as Conductor once wrote it; read here without Ratchet's own reader, which is what is judged by it.
 *
 * @param referenceName e.g. {@code upload__3}
 * @param sequence its position in the database's log
 * @param writtenAt when it was committed, ms since 1970
 */
record Row(String taskId, String workflowId, String referenceName, TaskStatus status, long sequence, long writtenAt) {

    /** Empty for a deletion and its tombstone. */
    static Optional<Row> of(ConsumerRecord<String, byte[]> record) {
        try {
            JsonNode change = record.value() == null ? null : Rest.JSON.readTree(record.value());
            if (change == null
                    || change.path("after").isMissingNode()
                    || change.get("after").isNull()) {
                return Optional.empty();
            }
            JsonNode task =
                    Rest.JSON.readTree(change.get("after").get("json_data").asText());
            JsonNode source = change.get("source");
            return Optional.of(new Row(
                    task.get("taskId").asText(),
                    task.get("workflowInstanceId").asText(),
                    task.get("referenceTaskName").asText(),
                    TaskStatus.valueOf(task.get("status").asText()),
                    source.get("lsn").asLong(),
                    source.get("ts_ms").asLong()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
