package dev.ratchet.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.ingest.Reading;
import dev.ratchet.task.TextLimits;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationPayloadTest {
    private final ObjectNode task = Notification.task("t-1");

    @Test
    void jsonOutputIsKeptUnchanged() {
        String output = "{\"etag\" : \"e-1\", \"n\":1.50, \"deep\":{\"a\":[null,{}]}}";
        assertThat(read(task.put("output", output)).getOutput()).isEqualTo(output);
    }

    @Test
    void outputMayBeObject() {
        task.put("input", "x".repeat(100_000)); // more than is read at a time
        task.putObject("output").put("a", 1).putArray("deep").addObject();
        assertThat(read(task).getOutput()).isEqualTo("{\"a\":1,\"deep\":[{}]}");
    }

    @Test
    void emptyOutputIsKept() {
        assertThat(read(task.put("output", "{}")).getOutput()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null"})
    void missingOutputIsNotIncomplete(String output) {
        assertThat(read(task.put("output", output)))
                .returns(null, TaskStatusEvent::getOutput)
                .returns(false, TaskStatusEvent::getPayloadIncomplete);
    }

    /** It was there, so that the task ended without one must not be taken from the event. */
    @ParameterizedTest
    @ValueSource(strings = {"{by=A}", "[1]", "1", "\"x\"", "{\"a\":1", "{\"a\":1} {}", "{\"a\":1}x"})
    void nonObjectOutputIsLeftOutAndMarksPayloadIncomplete(String output) {
        assertThat(read(task.put("output", output)))
                .returns(null, TaskStatusEvent::getOutput)
                .returns(true, TaskStatusEvent::getPayloadIncomplete);
    }

    @Test
    void otherTextFieldsAreKept() {
        TaskStatusEvent event = read(task.put("workerId", "w")
                .put("reasonForIncompletion", "no")
                .put("subWorkflowId", "s")
                .put("externalOutputPayloadStoragePath", "p"));
        assertThat(event.getWorkerId()).isEqualTo("w");
        assertThat(event.getReasonForIncompletion()).isEqualTo("no");
        assertThat(event.getSubWorkflowId()).isEqualTo("s");
        assertThat(event.getExternalOutputPayloadStoragePath()).isEqualTo("p");
    }

    /** Kafka takes what is left, whatever Conductor sends. */
    @Test
    void longFieldsAreCutOrLeftOut() {
        String text = "x".repeat(1_500_000);
        TaskStatusEvent event = read(task.put("output", "{}")
                .put("workerId", text)
                .put("reasonForIncompletion", text)
                .put("subWorkflowId", text)
                .put("externalOutputPayloadStoragePath", text));
        assertThat(event.getWorkerId()).hasSize(TextLimits.NAME);
        assertThat(event.getReasonForIncompletion()).hasSize(TextLimits.REASON).endsWith("… (cut, 1500000 characters)");
        assertThat(event.getSubWorkflowId()).isNull();
        assertThat(event.getExternalOutputPayloadStoragePath()).isNull();
        assertThat(event.getOutput()).isNull();
        assertThat(event.getPayloadIncomplete()).isTrue();
    }

    @Test
    void nullFieldsStayNull() {
        task.putNull("output")
                .putNull("workerId")
                .putNull("reasonForIncompletion")
                .putNull("updateTime");
        TaskStatusEvent event = read(task.put("subWorkflowId", ""));
        assertThat(event.getOutput()).isNull();
        assertThat(event.getPayloadIncomplete()).isFalse();
        assertThat(event.getWorkerId()).isNull();
        assertThat(event.getReasonForIncompletion()).isNull();
        assertThat(event.getSubWorkflowId()).isNull();
        assertThat(event.getUpdateTime()).isNull();
    }

    @Test
    void updateTimeMayBeNumberAndEpochZeroIsNoTime() {
        Instant updated = Instant.parse("2026-11-22T15:03:39Z");
        long ms = updated.toEpochMilli();
        assertThat(read(task.put("updateTime", ms)).getUpdateTime()).isEqualTo(updated);
        assertThat(read(task.put("updateTime", "" + ms)).getUpdateTime()).isEqualTo(updated);
        assertThat(read(task.put("updateTime", ms + "\u0001")).getUpdateTime()).isEqualTo(updated);
        assertThat(read(task.put("updateTime", "1970-01-01T00:00:00.000Z")).getUpdateTime())
                .isNull();
    }

    private static TaskStatusEvent read(ObjectNode notification) {
        WebhookReader reader = new WebhookReader(InstantSource.fixed(WebhookServer.NOW));
        Reading reading = reader.read(notification.toString().getBytes(StandardCharsets.UTF_8));
        return NotificationHandler.event(reader, (Reading.Event) reading);
    }
}
