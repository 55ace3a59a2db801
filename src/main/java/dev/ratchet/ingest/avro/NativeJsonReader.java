package dev.ratchet.ingest.avro;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ratchet.ingest.JsonRecordReader;
import dev.ratchet.ingest.JsonValues;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.TaskFields;
import dev.ratchet.ingest.UnreadableException;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import java.io.IOException;

/**
 * Reads status events written as plain JSON with the field names of {@code TaskStatusEvent}. Only {@code taskId},
 * {@code status} and {@code sequence} are required; {@code occurredAt} may be ms or ISO-8601.
 */
public final class NativeJsonReader extends JsonRecordReader {
    private static final long NO_SEQUENCE = Long.MIN_VALUE;

    @Override
    public Reading fields(JsonParser in) throws IOException, UnreadableException {
        TaskFields task = new TaskFields();
        String source = "";
        task.sequence = NO_SEQUENCE;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "epoch" -> task.epoch = JsonValues.count(in, field, StatusEvent.NOT_STATED);
                case "sequence" -> task.sequence = JsonValues.wholeNumber(in, field, NO_SEQUENCE);
                case "occurredAt" -> task.occurredAt = JsonValues.time(in, field);
                case "source" -> source = JsonValues.text(in, field);
                default -> task.read(in, field);
            }
        }
        if (task.sequence == NO_SEQUENCE && !task.taskId.isEmpty() && !task.status.isEmpty()) {
            throw UnreadableException.expected("sequence to be 0 or more", "JSON without it");
        }
        return new Reading.Event(NativeReader.checked(task.event(source(source)), "the events topic"));
    }

    private static EventSource source(String name) throws UnreadableException {
        try {
            return name.isEmpty() ? EventSource.NATIVE : EventSource.valueOf(name);
        } catch (IllegalArgumentException unknown) {
            throw UnreadableException.expected("source to be " + NativeReader.ALLOWED, JsonValues.shown(name));
        }
    }
}
