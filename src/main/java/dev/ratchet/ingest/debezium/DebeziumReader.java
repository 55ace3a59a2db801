package dev.ratchet.ingest.debezium;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.ratchet.ingest.JsonRecordReader;
import dev.ratchet.ingest.JsonValues;
import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.PayloadFields;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.TaskFields;
import dev.ratchet.ingest.UnreadableException;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads Debezium's change events of Conductor's {@code task} table in PostgreSQL, as JSON with or without a schema.
 *
 * <p>The row's {@code json_data} is a task of three kilobytes and more as a string within the JSON; it is parsed in
 * place, and all but about twenty fields are skipped. The sequence is the log position, {@code source.lsn}, which a row of a
 * snapshot may lack.
 */
public final class DebeziumReader extends JsonRecordReader {
    private static final String UNCHANGED = "__debezium_unavailable_value";

    /** For rows of an incremental snapshot, which have no position. */
    private static final long UNKNOWN_POSITION = 0;

    private final long offset;
    private final PayloadCapturePolicy capture;

    /** Creates a reader that captures no output. */
    public DebeziumReader(long offset) {
        this(offset, PayloadCapturePolicy.NOTHING);
    }

    /**
     * @param offset added to every log position, 0 or more: raised after the database was restored or failed over to a
     *     log that starts lower ({@code ratchet.source.offset})
     */
    public DebeziumReader(long offset, PayloadCapturePolicy capture) {
        this.offset = offset;
        this.capture = capture;
    }

    /** Reads the change, or the object that wraps it: Connect's schema and payload, or a line of a recording. */
    @Override
    public Reading fields(JsonParser in) throws IOException, UnreadableException {
        Change change = new Change(capture);
        Reading wrapped = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "payload", "value" -> wrapped = nested(in);
                case "op" -> change.op = JsonValues.text(in, field);
                case "after" -> JsonValues.eachField(in, change::readRow);
                case "before" -> JsonValues.eachField(in, change::readOldRow);
                case "source" -> JsonValues.eachField(in, change::readSource);
                case "message" -> JsonValues.eachField(in, change.message::read);
                default -> in.skipChildren();
            }
        }
        return wrapped == null ? change.reading(offset) : wrapped;
    }

    private static final class Change {
        private final TaskFields task = new TaskFields();
        private final GuardMessage message = new GuardMessage();
        private final PayloadCapturePolicy capture;
        private @Nullable PayloadFields payload;
        private String op = "";
        private String rowId = "";
        private boolean isTaskRead;
        private long position = -1;

        private Change(PayloadCapturePolicy capture) {
            this.capture = capture;
        }

        private void readRow(JsonParser in, String field) throws IOException, UnreadableException {
            switch (field) {
                case "task_id" -> rowId = JsonValues.id(in, "after.task_id");
                case "json_data" -> readTask(in);
                default -> in.skipChildren();
            }
        }

        /** Reads only the task id of the old row. */
        private void readOldRow(JsonParser in, String field) throws IOException, UnreadableException {
            if (field.equals("task_id") && rowId.isEmpty()) {
                rowId = JsonValues.id(in, "before.task_id");
            } else {
                in.skipChildren();
            }
        }

        private void readTask(JsonParser in) throws IOException, UnreadableException {
            if (in.currentToken() != JsonToken.VALUE_STRING) {
                throw UnreadableException.expected("json_data to be a task as text", JsonValues.shown(in));
            }
            if (in.getTextLength() == UNCHANGED.length() && in.getText().equals(UNCHANGED)) {
                throw UnreadableException.expected(
                        "json_data to be a task as text", "Debezium's placeholder for a value that did not change");
            }
            char[] text = in.getTextCharacters();
            int start = in.getTextOffset();
            if (capture.isOn()) {
                payload = new PayloadFields(capture, text, start);
                task.onOtherField(payload);
            }
            try (JsonParser row = JsonValues.FACTORY.createParser(text, start, in.getTextLength())) {
                if (row.nextToken() == null) {
                    throw UnreadableException.expected("json_data to be a task as text", "nothing");
                }
                task.readFrom(row);
                if (row.nextToken() != null) {
                    throw UnreadableException.expected(
                            "json_data to be one task", "more after it: " + JsonValues.shown(row));
                }
                isTaskRead = true;
            } catch (JsonProcessingException broken) {
                throw broken("json_data to be a task as JSON", broken);
            }
        }

        private void readSource(JsonParser in, String field) throws IOException, UnreadableException {
            switch (field) {
                case "lsn" -> position = JsonValues.wholeNumber(in, "source.lsn", -1);
                case "ts_ms" -> task.occurredAt = JsonValues.time(in, "source.ts_ms");
                default -> in.skipChildren();
            }
        }

        private Reading reading(long offset) throws IOException, UnreadableException {
            return switch (op) {
                case "c", "u" -> event(position() + offset, false);
                case "r" -> event(position < 0 ? UNKNOWN_POSITION : position + offset, true);
                case "d" -> new Reading.Deleted(rowId(), position() + offset);
                case "t" -> new Reading.Nothing("truncation of the table");
                case "m" ->
                    message.isGuardMessage()
                            ? message.reading(position() + offset, task.occurredAt)
                            : new Reading.Nothing("logical message");
                case "" -> throw UnreadableException.expected("a change of Debezium's with op", "JSON without it");
                default -> throw UnreadableException.expected("op to be c, u, r, d, t or m", JsonValues.shown(op));
            };
        }

        private Reading event(long sequence, boolean snapshot) throws UnreadableException {
            if (!isTaskRead) {
                throw UnreadableException.expected("after.json_data to hold the task", "a change without it");
            }
            task.taskId = rowId.isEmpty() ? task.taskId : rowId;
            task.sequence = sequence;
            task.snapshot = snapshot;
            StatusEvent event = task.event(EventSource.CDC);
            return new Reading.Event(
                    event, payload == null || !event.status().isTerminal() ? TaskOutput.NONE : payload.payload());
        }

        private String rowId() throws UnreadableException {
            if (rowId.isEmpty()) {
                throw UnreadableException.expected("before.task_id to name the deleted task", "a deletion without it");
            }
            return rowId;
        }

        private long position() throws UnreadableException {
            if (position < 0) {
                throw UnreadableException.expected("source.lsn, a PostgreSQL log position", "a change without it");
            }
            return position;
        }
    }
}
