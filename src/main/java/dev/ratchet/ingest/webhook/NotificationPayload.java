package dev.ratchet.ingest.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.ratchet.avro.PayloadRecords;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.v1.TaskStatusEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a notification that a repair needs, beside the event. */
final class NotificationPayload {
    private static final JsonFactory JSON = new JsonFactory();

    /** No output. */
    private static final String NONE = "";

    private NotificationPayload() {}

    /**
     * Adds these fields to the event, within the limits of {@link dev.ratchet.task.TaskOutput}.
     *
     * @param notification JSON that was parsed before, and so is valid
     */
    static void addTo(TaskStatusEvent event, String notification) {
        Map<String, String> texts = new HashMap<>();
        boolean complete = true;
        try (JsonParser in = JSON.createParser(notification)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String field = in.currentName();
                in.nextToken();
                String text = switch (field) {
                    case "output" -> output(in, notification);
                    case "externalOutputPayloadStoragePath", "workerId", "reasonForIncompletion", "subWorkflowId" ->
                        text(in);
                    default -> null;
                };
                if (text != null) {
                    texts.put(field, text);
                } else if (field.equals("output")) {
                    complete = false;
                } else if (field.equals("updateTime")) {
                    event.setUpdateTime(time(in));
                } else {
                    in.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PayloadRecords.addTo(
                event,
                new TaskOutput(
                        Optional.ofNullable(texts.get("output")).filter(output -> !output.equals(NONE)),
                        texts.getOrDefault("externalOutputPayloadStoragePath", ""),
                        texts.getOrDefault("workerId", ""),
                        texts.getOrDefault("reasonForIncompletion", ""),
                        texts.getOrDefault("subWorkflowId", ""),
                        complete));
    }

    /** A JSON object, or {@link #NONE}; null for Conductor's other form, Java's {@code {a=1}}, which cannot be parsed. */
    private static @Nullable String output(JsonParser in, String notification) throws IOException {
        if (in.currentToken() == JsonToken.START_OBJECT) {
            long from = in.currentTokenLocation().getCharOffset();
            in.skipChildren();
            return notification.substring((int) from, (int) in.currentLocation().getCharOffset());
        }
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return NONE;
        }
        boolean isText = in.currentToken() == JsonToken.VALUE_STRING;
        String text = text(in);
        if (isText && (text == null || text.isBlank() || text.strip().equals("null"))) {
            return NONE;
        }
        return text != null && isObject(text) ? text : null;
    }

    private static boolean isObject(String text) throws IOException {
        try (JsonParser in = JSON.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            in.skipChildren();
            return in.nextToken() == null;
        } catch (JsonProcessingException noJson) {
            return false;
        }
    }

    private static @Nullable String text(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            return in.getText().isEmpty() ? null : in.getText();
        }
        in.skipChildren();
        return null;
    }

    /** Conductor writes 1970-01-01 for no time. */
    private static @Nullable Instant time(JsonParser in) throws IOException {
        String text = text(in);
        Instant time = text != null && text.indexOf('T') > 0 ? Instant.parse(text) : Instant.ofEpochMilli(ms(in, text));
        return time.toEpochMilli() == 0 ? null : time;
    }

    private static long ms(JsonParser in, @Nullable String text) throws IOException {
        return text == null ? in.getValueAsLong() : Long.parseLong(text.trim());
    }
}
