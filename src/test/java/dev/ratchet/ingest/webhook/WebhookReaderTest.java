package dev.ratchet.ingest.webhook;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookReaderTest {
    private static final long SCHEDULED = 1_795_359_817_318L;
    private static final String NONE = "1970-01-01T00:00:00.000Z";

    private final ObjectNode task = Read.json("""
        {'workflowId':'w-1','workflowType':'order','correlationId':null,'scheduledTime':'2026-11-22T15:03:37.318Z',
         'startTime':'2026-11-22T15:03:38.000Z','updateTime':'2026-11-22T15:03:39.000Z',
         'endTime':'2026-11-22T15:03:40.000Z','status':'COMPLETED','executionTime':0,'taskDefName':'ship',
         'taskType':'SHIP','input':'{}','output':'{status=FAILED}','taskId':'t-1','referenceTaskName':'ship',
         'retryCount':2,'taskDescription':null}""");
    private final ObjectNode workflow = Read.json("""
        {'workflowType':'order','version':1,'workflowId':'w-1','startTime':'2026-11-22T15:03:37.296Z',
         'endTime':null,'status':'RUNNING','output':'{}','failedTaskNames':[],'taskToDomain':{}}""");

    @Test
    void taskNotificationIsEventAtItsLatestTime() {
        long end = 1_795_359_820_000L;
        read(task)
                .isEvent(new StatusEvent(
                        new TaskIdentity("t-1", "w-1", "order", "SHIP", "ship"),
                        TaskStatus.COMPLETED,
                        StatusEvent.NOT_STATED,
                        end,
                        end,
                        EventSource.WEBHOOK,
                        new EpochEvidence(
                                new EpochKey(SCHEDULED, 2),
                                1_795_359_818_000L,
                                end,
                                EpochKey.NO_COUNT,
                                Flag.UNKNOWN,
                                Flag.UNKNOWN,
                                0,
                                0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduledTime", "startTime", "updateTime", "endTime"})
    void eachTimeMayBeLatest(String field) {
        StatusEvent event = read(task.put(field, "2026-11-22T16:00:00.005Z")).event();
        assertThat(event.sequence()).isEqualTo(1_795_363_200_005L);
        assertThat(event.occurredAt()).isEqualTo(1_795_363_200_005L);
    }

    @Test
    void epochZeroIsNoTime() {
        task.put("startTime", NONE).put("updateTime", NONE).put("endTime", NONE);
        StatusEvent event = read(task).event();
        assertThat(event.sequence()).isEqualTo(SCHEDULED);
        assertThat(event.evidence().startTime()).isZero();
        assertThat(event.evidence().endTime()).isZero();
    }

    @Test
    void timesMayBeMissingNullOrNumeric() {
        StatusEvent some =
                read(task.putNull("endTime").put("updateTime", 1_000)).event();
        assertThat(some.sequence()).isEqualTo(1_795_359_818_000L);
        task.remove(List.of("scheduledTime", "startTime", "endTime", "retryCount"));
        StatusEvent one = read(task).event();
        assertThat(one.sequence()).isEqualTo(1_000);
        assertThat(one.evidence()).isEqualTo(EpochEvidence.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"taskId", "status"})
    void taskIdAndStatusAreRequired(String field) {
        String error = "Expected a task's status, but got JSON without " + field;
        read(with(task, it -> it.remove(field))).isUnreadable(error);
        read(with(task, it -> it.putNull(field))).isUnreadable(error);
        read(with(task, it -> it.put(field, ""))).isUnreadable(error);
    }

    @Test
    void workflowNotificationIsIgnored() {
        read(workflow).isNothing("notification of a workflow");
        read(request(workflow.toString())).isNothing("notification of a workflow");
        read(with(workflow, it -> it.remove("status")))
                .isUnreadable("Expected a task's status, but got JSON without taskId");
    }

    @Test
    void recordedRequestContainsNotificationAsBody() {
        read(request(task.toString())).isEvent(read(task).event());
        read(request("")).isNothing("blank");
        read(request("null")).isNothing("tombstone");
        read(request("{")).isUnreadable("Expected JSON, but got truncated JSON: it ends at column 2");
        read("{\"body\":{}}").isUnreadable("Expected body to be text, but got an object");
    }

    @Test
    void validUtf8BodyIsReadAsUtf8() {
        task.put("referenceTaskName", "ä€😀\u2028");
        assertThat(reference(task.toString().getBytes(StandardCharsets.UTF_8))).isEqualTo("ä€😀\u2028");
        assertThat(read(request(task.toString())).event().task().referenceTaskName())
                .isEqualTo("ä€😀\u2028");
    }

    @Test
    void otherBodyIsReadAsLatin1() {
        task.put("referenceTaskName", "ä ß ÿ €");
        assertThat(reference(task.toString().getBytes(StandardCharsets.ISO_8859_1)))
                .as("ISO-8859-1 knows no euro; Java writes a question mark, so does Conductor")
                .isEqualTo("ä ß ÿ ?");
    }

    @Test
    void fieldsOfNativeEventsAreIgnored() {
        StatusEvent event = read(task).event();
        task.put("epoch", 7).put("sequence", "x").put("source", "AUDIT").putArray("occurredAt");
        read(task).isEvent(event);
    }

    @Test
    void invalidTimeIsUnreadable() {
        read(task.put("updateTime", "yesterday"))
                .isUnreadable("Expected updateTime to be a time in ms or ISO-8601, but got 'yesterday'");
    }

    private static String request(String body) {
        ObjectNode request = Read.json("{'t':1,'url':'/conductor/tasks','headers':{'accept':'application/json'}}");
        return request.put("body", body).toString();
    }

    private static String reference(byte[] body) {
        return Read.by(new WebhookReader(), body).event().task().referenceTaskName();
    }

    private static Read read(JsonNode record) {
        return read(record.toString());
    }

    private static Read read(String record) {
        return Read.by(new WebhookReader(), record);
    }
}
