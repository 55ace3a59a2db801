package dev.ratchet.ingest.avro;

import static dev.ratchet.ingest.Read.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.ingest.Read;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeJsonReaderTest {
    private static final String LEAST = "{'taskId':'t','status':'COMPLETED','sequence':5}";
    private static final StatusEvent LEAST_EVENT = new StatusEvent(
            new TaskIdentity("t", "", "", "", ""),
            TaskStatus.COMPLETED,
            0,
            5,
            0,
            EventSource.NATIVE,
            EpochEvidence.NONE);

    private static final StatusEvent WHOLE_EVENT = new StatusEvent(
            new TaskIdentity("t-1", "w-1", "order", "SHIP", "ship__2"),
            TaskStatus.IN_PROGRESS,
            3,
            17,
            1_795_359_836_443L,
            EventSource.WEBHOOK,
            new EpochEvidence(new EpochKey(1_001, 2), 1_002, 1_003, 4, Flag.NO, Flag.YES, 600, 30));
    private final ObjectNode whole = Read.json("""
        {'taskId':'t-1','workflowId':'w-1','workflowType':'order','taskType':'SHIP','referenceTaskName':'ship__2',
         'status':'IN_PROGRESS','epoch':3,'sequence':17,'occurredAt':1795359836443,'source':'WEBHOOK','scheduledTime':1001,
         'startTime':1002,'endTime':1003,'updateTime':1004,'retryCount':2,'pollCount':4,'executed':false,
         'subworkflowChanged':true,'iteration':2,'seq':7,'responseTimeoutSeconds':600,'callbackAfterSeconds':30,
         'output':{'status':'FAILED'},'workerId':'me'}""");

    @Test
    void fullEventIsRead() {
        read(whole).isEvent(WHOLE_EVENT);
    }

    @Test
    void threeFieldsSuffice() {
        read(LEAST).isEvent(LEAST_EVENT);
    }

    @Test
    void nullFieldIsAbsent() {
        ObjectNode nulls = with(whole, event -> {
            List<String> names = new ArrayList<>();
            event.fieldNames().forEachRemaining(names::add);
            names.forEach(event::putNull);
            event.put("taskId", "t").put("status", "COMPLETED").put("sequence", 5);
        });
        read(nulls).isEvent(LEAST_EVENT);
    }

    @Test
    void numbersAndFlagsMayBeText() {
        ObjectNode text = whole.deepCopy();
        whole.fieldNames().forEachRemaining(name -> {
            if (text.get(name).isValueNode()) {
                text.put(name, text.get(name).asText());
            }
        });
        read(text).isEvent(WHOLE_EVENT);
        read(text.put("sequence", " 17 ")).isEvent(WHOLE_EVENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T15:03:56.443Z", "2026-11-22T16:03:56.443+01:00", "2026-11-22T15:03:56.443999Z"})
    void timesMayBeIso8601(String time) {
        read(whole.put("occurredAt", time)).isEvent(WHOLE_EVENT);
    }

    @Test
    void epochZeroIsNoTime() {
        String none = "1970-01-01T00:00:00.000Z";
        assertThat(read(whole.put("endTime", none).put("startTime", none))
                        .event()
                        .evidence())
                .extracting(EpochEvidence::startTime, EpochEvidence::endTime)
                .containsExactly(0L, 0L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            taskId   | Expected a task's status, but got JSON without taskId
            status   | Expected a task's status, but got JSON without status
            sequence | Expected sequence to be 0 or more, but got JSON without it
            """)
    void missingRequiredFieldIsNamed(String field, String error) {
        read(with(whole, event -> event.remove(field))).isUnreadable(error);
        read(with(whole, event -> event.putNull(field))).isUnreadable(error);
        if (!field.equals("sequence")) {
            read(with(whole, event -> event.put(field, ""))).isUnreadable(error);
        }
    }

    @Test
    void missingTaskOrStatusIsReportedBeforeSequence() {
        read("{}").isUnreadable("Expected a task's status, but got JSON without taskId");
        read("{'status':'FAILED'}").isUnreadable("Expected a task's status, but got JSON without taskId");
        read("{'taskId':'t'}").isUnreadable("Expected a task's status, but got JSON without status");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            taskId        | {}     | Expected taskId to be text, but got an object
            workflowId    | []     | Expected workflowId to be text, but got an array
            taskType      | true   | Expected taskType to be text, but got true
            status        | 1.5    | Expected status to be text, but got 1.5
            source        | 'HTTP' | Expected source to be NATIVE or WEBHOOK, but got 'HTTP'
            sequence      | -1     | Expected sequence to be 0 or more, but got -1
            sequence      | ''     | Expected sequence to be a whole number, but got ''
            sequence      | 1e3    | Expected sequence to be a whole number, but got 1e3
            sequence      | true   | Expected sequence to be a whole number, but got true
            sequence      | 9223372036854775808 | Expected sequence to be a whole number, but got 9223372036854775808
            sequence      | '9223372036854775808' | Expected sequence to be a whole number, but got '9223372036854775808'
            epoch         | -1     | Expected epoch to be 0 (not stated) or more, but got -1
            epoch         | 3e9    | Expected epoch to be a whole number, but got 3e9
            retryCount    | 2147483648  | Expected retryCount to be a whole number of 32 bits, but got 2147483648
            pollCount     | -2147483649 | Expected pollCount to be a whole number of 32 bits, but got -2147483649
            occurredAt    | -1     | Expected occurredAt to be 1970 or later, in ms, but got -1
            endTime       | {}     | Expected endTime to be a time in ms or ISO-8601, but got an object
            endTime       | 'now'  | Expected endTime to be a time in ms or ISO-8601, but got 'now'
            endTime       | '2026-11-22 15:03' | Expected endTime to be a time in ms or ISO-8601, but got '2026-11-22 15:03'
            endTime       | '2026-13-22T15:03:00Z' | Expected endTime to be a time in ms or ISO-8601, but got '2026-13-22T15:03:00Z'
            endTime       | '+999999999-01-01T00:00:00Z' | Expected endTime to be a time in ms or ISO-8601, but got '+999999999-01-01T00:00:00Z'
            executed      | 1      | Expected executed to be true or false, but got 1
            executed      | {}     | Expected executed to be true or false, but got an object
            """)
    void fieldOfWrongTypeIsNamed(String field, String value, String error) {
        String others = with(whole, event -> event.remove(field)).toString().substring(1);
        read("{'" + field + "':" + value + "," + others).isUnreadable(error);
    }

    @Test
    void unknownStatusIsQuotedInError() {
        for (String status : new String[] {"completed", "DONE", " "}) {
            read(whole.put("status", status))
                    .isOfUnknownStatus("Expected status to be one of " + List.of(TaskStatus.values()) + ", but got '"
                            + status + "'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUDIT", "CDC"})
    void auditAndCdcSourcesAreForbidden(String source) {
        read(whole.put("source", source))
                .isOfForbiddenSource("Expected source to be NATIVE or WEBHOOK on the events topic, but got " + source
                        + ": it has a topic of its own");
    }

    @Test
    void textFieldsMayContainAnyCharacter() {
        String odd = " ä€😀\u2028\u2029\u0000\n\"\\ ";
        assertThat(read(whole.put("referenceTaskName", odd)).event().task().referenceTaskName())
                .isEqualTo(odd);
        assertThat(read("{'taskId':176,'status':'FAILED','sequence':1}")
                        .event()
                        .task()
                        .taskId())
                .isEqualTo("176");
    }

    @Test
    void lastOfDuplicateKeysCounts() {
        read("{'sequence':9,'status':'FAILED'," + LEAST.substring(1)).isEvent(LEAST_EVENT);
    }

    private static Read read(JsonNode record) {
        return Read.by(new NativeJsonReader(), record.toString());
    }

    private static Read read(String record) {
        return Read.by(new NativeJsonReader(), record.replace('\'', '"'));
    }
}
