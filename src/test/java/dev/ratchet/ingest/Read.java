package dev.ratchet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.task.StatusEvent;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What a reader makes of a record. */
public final class Read {
    public static final ObjectMapper JSON = new ObjectMapper();

    private final Reading reading;

    private Read(Reading reading) {
        this.reading = reading;
    }

    public static Read by(RecordReader reader, String record) {
        return by(reader, record.getBytes(StandardCharsets.UTF_8));
    }

    public static Read by(RecordReader reader, byte[] record) {
        return new Read(reader.read(record));
    }

    /** JSON written with single quotes. */
    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** The same object with something changed. */
    public static ObjectNode with(ObjectNode record, Consumer<ObjectNode> change) {
        ObjectNode copy = record.deepCopy();
        change.accept(copy);
        return copy;
    }

    public StatusEvent event() {
        assertThat(reading).isInstanceOf(Reading.Event.class);
        return ((Reading.Event) reading).event();
    }

    public void isEvent(StatusEvent expected) {
        assertThat(reading).isEqualTo(new Reading.Event(expected));
    }

    public void isNothing(String reason) {
        assertThat(reading).isEqualTo(new Reading.Nothing(reason));
    }

    public void isDeletion(String taskId, long sequence) {
        assertThat(reading).isEqualTo(new Reading.Deleted(taskId, sequence));
    }

    public void isUnreadable(String error) {
        assertThat(reading).isEqualTo(new Reading.Unreadable(DeadLetterCategory.MALFORMED, error));
    }

    public void isOfUnknownStatus(String error) {
        assertThat(reading).isEqualTo(new Reading.Unreadable(DeadLetterCategory.UNKNOWN_STATUS, error));
    }

    public void isOfForbiddenSource(String error) {
        assertThat(reading).isEqualTo(new Reading.Unreadable(DeadLetterCategory.FORBIDDEN_SOURCE, error));
    }

    /** Checks only that an error, if any, is one that a user can read. */
    Read hasReadableError() {
        if (reading instanceof Reading.Unreadable unreadable) {
            assertThat(unreadable.error())
                    .startsWith("Expected ")
                    .contains(", but got ")
                    .doesNotContain("[Source", "StreamRead")
                    .hasSizeLessThan(300);
        }
        return this;
    }

    /** In one word, for tests that count. */
    Class<? extends Reading> kind() {
        return hasReadableError().reading.getClass();
    }
}
