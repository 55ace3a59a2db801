package dev.ratchet.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.ratchet.v1.TaskStatusEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a notification holds that a repair needs, beside the event. */
final class Payload {
    private static final JsonFactory JSON = new JsonFactory();

    private Payload() {}

    /** @param notification JSON that was read once already, and so is sound */
    static void addTo(TaskStatusEvent event, String notification) {
        try (JsonParser in = JSON.createParser(notification)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String field = in.currentName();
                in.nextToken();
                if (field.equals("output")) {
                    event.setOutput(output(in, notification));
                } else {
                    add(event, field, in);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(TaskStatusEvent event, String field, JsonParser in) throws IOException {
        switch (field) {
            case "externalOutputPayloadStoragePath" -> event.setExternalOutputPayloadStoragePath(text(in));
            case "workerId" -> event.setWorkerId(text(in));
            case "reasonForIncompletion" -> event.setReasonForIncompletion(text(in));
            case "subWorkflowId" -> event.setSubWorkflowId(text(in));
            case "updateTime" -> event.setUpdateTime(time(in));
            default -> in.skipChildren();
        }
    }

    /** JSON of an object. Conductor's other way to write it, Java's {@code {a=1}}, cannot be read back: null. */
    private static @Nullable String output(JsonParser in, String notification) throws IOException {
        if (in.currentToken() == JsonToken.START_OBJECT) {
            long from = in.currentTokenLocation().getCharOffset();
            in.skipChildren();
            return notification.substring((int) from, (int) in.currentLocation().getCharOffset());
        }
        String text = text(in);
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

    /** Conductor writes the beginning of 1970 for no time. */
    private static @Nullable Instant time(JsonParser in) throws IOException {
        String text = text(in);
        Instant time = text != null && text.indexOf('T') > 0 ? Instant.parse(text) : Instant.ofEpochMilli(ms(in, text));
        return time.toEpochMilli() == 0 ? null : time;
    }

    private static long ms(JsonParser in, @Nullable String text) throws IOException {
        return text == null ? in.getValueAsLong() : Long.parseLong(text.trim());
    }
}
