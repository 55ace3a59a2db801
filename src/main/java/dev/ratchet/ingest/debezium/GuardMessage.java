package dev.ratchet.ingest.debezium;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.ratchet.ingest.JsonRecordReader;
import dev.ratchet.ingest.JsonValues;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.TaskFields;
import dev.ratchet.ingest.UnreadableException;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.RefusedWrite;
import dev.ratchet.task.StatusEvent;
import java.io.IOException;

/**
 * A logical message in Debezium's form: {@code prefix}, and {@code content} in base64. The guard's message is the JSON that
 * {@code config/guard/postgresql.sql} emits; Ratchet ignores all others.
 */
final class GuardMessage {
    private static final String PREFIX = "ratchet.guard";

    /** The guard's messages are shorter, because it cuts names, but any user of the database may emit one with its prefix. */
    private static final int MAX_BYTES = 16 * 1024;

    private String prefix = "";
    private byte[] content = {};
    private String refused = "";

    void read(JsonParser in, String field) throws IOException, UnreadableException {
        switch (field) {
            case "prefix" -> prefix = JsonValues.text(in, field);
            case "content" -> content = bytes(in);
            default -> in.skipChildren();
        }
    }

    boolean isGuardMessage() {
        return prefix.equals(PREFIX);
    }

    /** Reads the guard's report. The sequence and the time are the message's place in the log. */
    Reading reading(long sequence, long occurredAt) throws IOException, UnreadableException {
        if (content.length > MAX_BYTES) {
            throw UnreadableException.expected(
                    "a message of the guard of at most " + MAX_BYTES + " bytes", content.length + " bytes");
        }
        TaskFields task = new TaskFields();
        task.sequence = sequence;
        task.occurredAt = occurredAt;
        task.onOtherField((in, field) -> {
            if (field.equals("refusedStatus")) {
                refused = JsonValues.text(in, field);
            } else {
                in.skipChildren();
            }
        });
        try (JsonParser in = JsonValues.FACTORY.createParser(content)) {
            if (in.nextToken() == null) {
                throw UnreadableException.expected("the guard's message to be JSON", "nothing");
            }
            task.readFrom(in);
        } catch (JsonProcessingException broken) {
            throw JsonRecordReader.broken("the guard's message to be JSON", broken);
        }
        StatusEvent kept = task.event(EventSource.CDC);
        RefusedWrite write = new RefusedWrite(kept.task(), kept.status(), TaskFields.knownStatus(refused), sequence);
        if (!write.kept().isTerminal() || write.refused().isTerminal()) {
            throw UnreadableException.expected(
                    "the guard to keep an end from being taken back", write.kept() + " and " + write.refused());
        }
        return new Reading.Refused(write);
    }

    private static byte[] bytes(JsonParser in) throws IOException, UnreadableException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw UnreadableException.expected("message.content to be base64", JsonValues.shown(in));
        }
        try {
            return in.getBinaryValue();
        } catch (JsonProcessingException broken) {
            throw JsonRecordReader.broken("message.content to be base64", broken);
        }
    }
}
