package dev.ratchet.ingest;

import static dev.ratchet.ingest.Read.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.ingest.avro.NativeJsonReader;
import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.ingest.webhook.WebhookReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An id is the key of records and a part of addresses, whatever source it comes from. A name may be any text. */
class IdsTest {
    private static final String EVENT =
            "{'taskId':'t-1','workflowId':'w-1','status':'COMPLETED','sequence':5,'endTime':1795359820000}"
                    .replace('\'', '"');

    /** @param id as JSON writes it, and an error shows it */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "t-\\u0000",
                "\\u000a",
                "t\\u00091",
                "t\\u007f",
                "t\\u0085",
                "t\\ud83d",
                "\\ude00t",
                "\\ud83d1",
                "\\ude00\\ud83d"
            })
    void controlCharactersAndUnpairedSurrogatesInIdsAreRejected(String id) {
        thenRefused("taskId", EVENT.replace("t-1", id), id);
        thenRefused("workflowId", EVENT.replace("w-1", id), id);
        thenRefused("workflowInstanceId", EVENT.replace("w-1", id).replace("workflowId", "workflowInstanceId"), id);
        thenRefusedRow("taskId", rowOf(Change.task().toString().replace("t-1", id)), id);
        thenRefusedRow("workflowInstanceId", rowOf(Change.task().toString().replace("w-1", id)), id);
        thenRefusedRow("after.task_id", rowOf("{}").replace("t-1", id), id);
        thenRefusedRow("before.task_id", Change.deletion().toString().replace("t-1", id), id);
    }

    @Test
    void blankIdIsRejected() {
        String blank = " \u2003";
        for (RecordReader reader : new RecordReader[] {new WebhookReader(), new NativeJsonReader()}) {
            Read.by(reader, EVENT.replace("t-1", blank)).isUnreadable("Expected taskId to be an id, but got ' \u2003'");
            Read.by(reader, EVENT.replace("w-1", blank))
                    .isUnreadable("Expected workflowId to be an id, but got ' \u2003'");
        }
        Read.by(new DebeziumReader(0), rowOf("{}").replace("t-1", blank))
                .isUnreadable("Expected after.task_id to be an id, but got ' \u2003'");
    }

    @Test
    void otherTextIsAcceptedAsId() {
        for (String id : new String[] {"176", "ä€😀\u2028", "a b/c?d", "😀"}) {
            for (RecordReader reader : new RecordReader[] {new WebhookReader(), new NativeJsonReader()}) {
                assertThat(Read.by(reader, EVENT.replace("t-1", id))
                                .event()
                                .task()
                                .taskId())
                        .isEqualTo(id);
            }
        }
    }

    @Test
    void workflowIdMayBeMissing() {
        ObjectNode without = with(Read.json(EVENT), event -> event.remove("workflowId"));
        ObjectNode empty = with(Read.json(EVENT), event -> event.put("workflowId", ""));
        for (ObjectNode event : new ObjectNode[] {without, empty}) {
            assertThat(Read.by(new WebhookReader(), event.toString())
                            .event()
                            .task()
                            .workflowId())
                    .isEmpty();
        }
    }

    /** Conductor takes any for the name of a definition or a task: its check of names is off unless it is set. */
    @ParameterizedTest
    @ValueSource(strings = {"workflowType", "taskType", "referenceTaskName"})
    void namesMayBeAnyText(String field) {
        String odd = " ship\n\t\u00002\u0085 ";
        ObjectNode event = Read.json(EVENT).put(field, odd);
        assertThat(Read.by(new WebhookReader(), event.toString()).event().task().toString())
                .contains(field + "=" + odd);
        ObjectNode row = Change.task().put(field, odd);
        assertThat(Read.by(new DebeziumReader(0), rowOf(row.toString()))
                        .event()
                        .task()
                        .toString())
                .contains(field + "=" + odd);
    }

    private static void thenRefused(String field, String record, String id) {
        Read.by(new WebhookReader(), record).isUnreadable(error(field, id));
        Read.by(new NativeJsonReader(), record).isUnreadable(error(field, id));
    }

    private static void thenRefusedRow(String field, String record, String id) {
        Read.by(new DebeziumReader(0), record).isUnreadable(error(field, id));
    }

    private static String error(String field, String id) {
        return "Expected " + field + " to be an id without control characters or unpaired surrogates, but got '" + id
                + "'";
    }

    private static String rowOf(String task) {
        ObjectNode change = Change.of("u", Change.task());
        change.withObjectProperty("after").put("json_data", task);
        return change.toString();
    }
}
