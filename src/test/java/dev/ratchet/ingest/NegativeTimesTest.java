package dev.ratchet.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.ingest.avro.NativeJsonReader;
import dev.ratchet.ingest.debezium.DebeziumReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conductor writes 0 for none, and no time before 1970: a negative one would count as evidence of something. */
class NegativeTimesTest {
    private final ObjectNode task = Change.task().put("sequence", 5);

    @ParameterizedTest
    @ValueSource(strings = {"scheduledTime", "startTime", "endTime", "updateTime"})
    void negativeTimeIsUnreadableFromEverySource(String field) {
        String expected = "Expected " + field + " to be 1970 or later, in ms, but got ";
        task.put(field, -1);
        read(task).isUnreadable(expected + "-1");
        Read.by(new DebeziumReader(0), Change.of("u", task).toString()).isUnreadable(expected + "-1");
        task.put(field, "-1");
        read(task).isUnreadable(expected + "'-1'");
        task.put(field, "1969-12-31T23:59:59.999Z");
        read(task).isUnreadable(expected + "'1969-12-31T23:59:59.999Z'");
    }

    @Test
    void negativeTimeOfChangeIsUnreadable() {
        ObjectNode change = Change.of("u", task);
        change.withObjectProperty("source").put("ts_ms", -1);
        Read.by(new DebeziumReader(0), change.toString())
                .isUnreadable("Expected source.ts_ms to be 1970 or later, in ms, but got -1");
    }

    private static Read read(ObjectNode event) {
        return Read.by(new NativeJsonReader(), event.toString());
    }
}
