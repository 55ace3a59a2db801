package dev.ratchet.source;

import com.fasterxml.jackson.core.JsonParser;
import dev.ratchet.task.Source;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads status events written as plain JSON with the field names of {@code TaskStatusEvent}. Only {@code taskId},
 * {@code status} and {@code sequence} must be there; {@code occurredAt} may be ms or ISO-8601.
 */
public final class NativeJsonReader extends JsonReader {

    @Override
    Reading fields(JsonParser in) throws IOException, UnreadableException {
        TaskFields task = new TaskFields();
        task.readFrom(in);
        Source source = source(task.source);
        if (task.sequence == TaskFields.NO_SEQUENCE && !task.taskId.isBlank() && !task.status.isEmpty()) {
            throw UnreadableException.expected("sequence to be 0 or more", "JSON without it");
        }
        return new Reading.Event(task.event(source));
    }

    private static Source source(String name) throws UnreadableException {
        try {
            return name.isEmpty() ? Source.NATIVE : Source.valueOf(name);
        } catch (IllegalArgumentException unknown) {
            throw UnreadableException.expected(
                    "source to be one of " + Arrays.toString(Source.values()), Json.shown(name));
        }
    }
}
