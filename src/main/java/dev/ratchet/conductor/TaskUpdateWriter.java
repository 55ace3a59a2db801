package dev.ratchet.conductor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ratchet.task.TaskOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes Conductor's {@code TaskResult}. Leaves unknown fields out. Copies the output byte for byte. */
final class TaskUpdateWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private TaskUpdateWriter() {}

    static byte[] of(TaskUpdate update) {
        TaskOutput payload = update.payload();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            text(out, "workflowInstanceId", update.workflowId());
            text(out, "taskId", update.taskId());
            text(out, "status", update.status().name());
            if (payload.output().isPresent()) {
                out.writeFieldName("outputData");
                out.writeRawValue(payload.output().get());
            }
            text(out, "externalOutputPayloadStoragePath", payload.externalOutputPath());
            text(out, "workerId", payload.workerId());
            text(out, "reasonForIncompletion", payload.reasonForIncompletion());
            text(out, "subWorkflowId", payload.subWorkflowId());
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory: never
        }
        return bytes.toByteArray();
    }

    private static void text(JsonGenerator out, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            out.writeStringField(name, value);
        }
    }
}
