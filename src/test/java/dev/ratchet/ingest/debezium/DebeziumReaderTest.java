package dev.ratchet.ingest.debezium;

import static dev.ratchet.ingest.Read.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.ingest.Change;
import dev.ratchet.ingest.Read;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebeziumReaderTest {
    private final ObjectNode update = Change.of("u", Change.task());

    @ParameterizedTest
    @ValueSource(strings = {"c", "u"})
    void writtenRowIsEvent(String op) {
        read(Change.of(op, Change.task())).isEvent(Change.EVENT);
    }

    @Test
    void snapshotRowIsEventEvenWithoutLogPosition() {
        StatusEvent row = read(Change.of("r", Change.task())).event();
        assertThat(row.snapshot()).isTrue();
        assertThat(row.sequence()).isEqualTo(Change.EVENT.sequence());
        ObjectNode incremental = with(
                Change.of("r", Change.task()),
                change -> change.withObjectProperty("source").putNull("lsn").put("snapshot", "incremental"));
        StatusEvent unplaced =
                Read.by(new DebeziumReader(1_000), incremental.toString()).event();
        assertThat(unplaced.snapshot()).isTrue();
        assertThat(unplaced.sequence()).isZero();
    }

    @Test
    void offsetIsAddedToLogPosition() {
        DebeziumReader offset = new DebeziumReader(1_000);
        assertThat(Read.by(offset, update.toString()).event().sequence()).isEqualTo(95_087_312);
        Read.by(offset, Change.deletion().toString()).isDeletion("t-1", 95_087_312);
    }

    @Test
    void deletedRowIsDeletion() {
        read(Change.deletion()).isDeletion("t-1", 95_086_312);
    }

    @Test
    void deletionNeedsTaskAndLogPosition() {
        read(with(Change.deletion(), change -> change.putNull("before")))
                .isUnreadable("Expected before.task_id to name the deleted task, but got a deletion without it");
        read(with(Change.deletion(), change -> change.putObject("before").put("task_id", "")))
                .isUnreadable("Expected before.task_id to name the deleted task, but got a deletion without it");
        read(with(Change.deletion(), change -> change.remove("source")))
                .isUnreadable("Expected source.lsn, a PostgreSQL log position, but got a change without it");
    }

    @Test
    void recordWithoutTaskIsIgnored() {
        read("null").isNothing("tombstone");
        read(with(update, change -> change.put("op", "t").putNull("after"))).isNothing("truncation of the table");
        read(with(update, change -> change.put("op", "m").remove("after"))).isNothing("logical message");
    }

    @Test
    void messageMayContainSchema() {
        ObjectNode schema = Read.json("{'type':'struct','fields':[{'field':'op','payload':{}}]}");
        ObjectNode message = Read.JSON.createObjectNode().set("schema", schema);
        read(message.set("payload", update)).isEvent(Change.EVENT);
        read(message.putNull("payload")).isNothing("tombstone");
        read(message.put("payload", "x")).isUnreadable("Expected a JSON object, but got 'x'");
    }

    @Test
    void recordedLineContainsChangeAsValue() {
        ObjectNode line = Read.json("{'topic':'conductor.public.task','key':{'task_id':'other'}}");
        read(line.set("value", update)).isEvent(Change.EVENT);
        read(line.set("value", Change.deletion())).isDeletion("t-1", 95_086_312);
        read(line.putNull("value")).isNothing("tombstone");
    }

    @Test
    void fieldOrderDoesNotMatter() {
        ObjectNode whole = with(update, change -> change.set("before", update.get("after")));
        List<String> names = new ArrayList<>();
        whole.fieldNames().forEachRemaining(names::add);
        for (int turn = 0; turn < names.size(); turn++) {
            Collections.rotate(names, 1);
            ObjectNode turned = Read.JSON.createObjectNode();
            names.forEach(name -> turned.set(name, whole.get(name)));
            read(turned).isEvent(Change.EVENT);
        }
    }

    @Test
    void beforeImageIsIgnored() {
        ObjectNode old = Change.of("u", with(Change.task(), task -> task.put("status", "COMPLETED")));
        ObjectNode row = (ObjectNode) old.get("after");
        row.put("task_id", "t-0");
        read(with(update, change -> change.set("before", row))).isEvent(Change.EVENT);
        ObjectNode rowFirst = update.deepCopy();
        rowFirst.remove("before");
        read(rowFirst.set("before", row)).isEvent(Change.EVENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "transaction", "ts_ms"})
    void changeNeedsOnlyRowAndLogPosition(String field) {
        read(with(update, change -> change.remove(field))).isEvent(Change.EVENT);
        read(with(update, change -> change.putNull(field))).isEvent(Change.EVENT);
    }

    @Test
    void taskIdComesFromRowOrItsJson() {
        ObjectNode unnamed =
                with(update, change -> change.withObjectProperty("after").remove("task_id"));
        read(unnamed).isEvent(Change.EVENT);
        read(Change.of("u", with(Change.task(), task -> task.remove("taskId")))).isEvent(Change.EVENT);
        unnamed.withObjectProperty("after").put("json_data", "{\"status\":\"FAILED\"}");
        read(unnamed).isUnreadable("Expected a task's status, but got JSON without taskId");
    }

    @Test
    void timeOfChangeMayBeMissing() {
        JsonNode untimed =
                with(update, change -> change.withObjectProperty("source").remove("ts_ms"));
        assertThat(read(untimed).event().occurredAt()).isZero();
    }

    @Test
    void opAfterAndLogPositionAreRequired() {
        thenUnreadable("op", null, "Expected a change of Debezium's with op, but got JSON without it");
        thenUnreadable("op", "x", "Expected op to be c, u, r, d, t or m, but got 'x'");
        thenUnreadable("after", null, "Expected after.json_data to hold the task, but got a change without it");
        thenUnreadable("after", "x", "Expected after.json_data to hold the task, but got a change without it");
        thenUnreadable("source", null, "Expected source.lsn, a PostgreSQL log position, but got a change without it");
        read(with(update, change -> change.withObjectProperty("source").putNull("lsn")))
                .isUnreadable("Expected source.lsn, a PostgreSQL log position, but got a change without it");
        read("{}").isUnreadable("Expected a change of Debezium's with op, but got JSON without it");
        read(with(update, change -> change.withObjectProperty("source").put("lsn", "0/5AAE")))
                .isUnreadable("Expected source.lsn to be a whole number, but got '0/5AAE'");
    }

    @Test
    void arrayInsteadOfObjectIsUnreadable() {
        read(with(update, change -> change.putArray("after").add(1).addObject().put("op", "u")))
                .isUnreadable("Expected after.json_data to hold the task, but got a change without it");
        read(with(update, change -> change.putArray("source").addObject().put("lsn", 1)))
                .isUnreadable("Expected source.lsn, a PostgreSQL log position, but got a change without it");
        read(with(update, change -> change.putArray("before").addObject())).isEvent(Change.EVENT);
    }

    @Test
    void jsonDataMustBeTextWithOneTask() {
        thenJsonDataUnreadable("null", "Expected json_data to be a task as text, but got null");
        thenJsonDataUnreadable("{}", "Expected json_data to be a task as text, but got an object");
        thenJsonDataUnreadable(
                "'__debezium_unavailable_value'",
                "Expected json_data to be a task as text, but got Debezium's placeholder for a value that did not change");
        thenJsonDataUnreadable("' '", "Expected json_data to be a task as text, but got nothing");
        thenJsonDataUnreadable("'[]'", "Expected a task as a JSON object, but got an array");
        thenJsonDataUnreadable("'null'", "Expected a task as a JSON object, but got null");
        thenJsonDataUnreadable("'{} {}'", "Expected json_data to be one task, but got more after it: an object");
        thenJsonDataUnreadable(
                "'{'", "Expected json_data to be a task as JSON, but got truncated JSON: it ends at column 2");
        thenJsonDataUnreadable(
                "'{]'",
                "Expected json_data to be a task as JSON, but got something else at column 2: Unexpected close marker"
                        + " ']': expected '}'");
    }

    @Test
    void lastOfDuplicateKeysCounts() {
        String twice = "{\"op\":\"d\"," + update.toString().substring(1);
        read(twice).isEvent(Change.EVENT);
        String task = Change.task().toString().replace("\"status\"", "\"status\":\"FAILED\",\"status\"");
        read(with(update, change -> change.withObjectProperty("after").put("json_data", task)))
                .isEvent(Change.EVENT);
    }

    @Test
    void otherFieldsAreIgnored() {
        ObjectNode task = with(Change.task(), it -> {
            it.putObject("source").put("x", 1);
            it.putArray("sequence").add(5);
            it.put("occurredAt", "never").put("epoch", 9).put("ä€\u2028", "\u2028");
            it.withObjectProperty("outputData").put("deep", "[".repeat(5_000));
        });
        read(Change.of("u", task)).isEvent(Change.EVENT);
    }

    @Test
    void unknownStatusHasItsOwnCategory() {
        read(Change.of("u", with(Change.task(), task -> task.put("status", "PAUSED"))))
                .isOfUnknownStatus(
                        "Expected status to be one of " + List.of(TaskStatus.values()) + ", but got 'PAUSED'");
    }

    @Test
    void taskWithFiveMegabytesOfOutputIsRead() {
        ObjectNode task = with(
                Change.task(), it -> it.withObjectProperty("outputData").put("text", "\"ä€😀\\\n".repeat(700_000)));
        assertThat(task.toString()).hasSizeGreaterThan(5 << 20);
        StatusEvent event = read(Change.of("u", task)).event();
        assertThat(event).isEqualTo(Change.EVENT);
    }

    private void thenUnreadable(String field, @Nullable String value, String error) {
        read(with(update, change -> change.put(field, value))).isUnreadable(error);
        if (value == null) {
            read(with(update, change -> change.remove(field))).isUnreadable(error);
        }
    }

    private void thenJsonDataUnreadable(String value, String error) {
        JsonNode held = Read.json("{'is':" + value + "}").get("is");
        read(with(update, change -> change.withObjectProperty("after").set("json_data", held)))
                .isUnreadable(error);
    }

    private static Read read(JsonNode record) {
        return read(record.toString());
    }

    private static Read read(String record) {
        return Read.by(new DebeziumReader(0), record);
    }
}
