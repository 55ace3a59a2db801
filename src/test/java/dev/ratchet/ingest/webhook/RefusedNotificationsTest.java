package dev.ratchet.ingest.webhook;

import static dev.ratchet.ingest.webhook.WebhookIntake.TASKS;
import static dev.ratchet.ingest.webhook.WebhookIntake.WORKFLOWS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.Recordings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A notification that gives no order, or no usable id, is answered 400, counted, and does not reach Kafka. */
class RefusedNotificationsTest {
    private static final List<String> TIMES = List.of("scheduledTime", "startTime", "updateTime", "endTime");
    private static final String BOUNDS =
            " to be 0 for none, or from 2015-01-01T00:00:00Z to 2026-11-23T16:00:00Z, but got ";

    private final ObjectNode task = Notification.task("t-1");

    @Test
    void notificationWithoutTimesIsRefused() {
        task.remove(TIMES);
        thenRefused("Expected one of scheduledTime, startTime, updateTime and endTime to be set, but got none of them");
        TIMES.forEach(field -> task.put(field, "1970-01-01T00:00:00.000Z"));
        thenRefused("Expected one of scheduledTime, startTime, updateTime and endTime to be set, but got none of them");
    }

    @ParameterizedTest
    @FieldSource("TIMES")
    void timeOutsideBoundsIsRefused(String field) {
        for (String time :
                List.of("9999-12-31T23:59:59.999Z", "2026-11-23T16:00:00.001Z", "2014-12-31T23:59:59.999Z")) {
            task.put(field, time);
            thenRefused("Expected " + field + BOUNDS + "'" + time + "'");
        }
        task.put(field, 1_795_359_820_000_000L);
        thenRefused("Expected " + field + BOUNDS + "1795359820000000");
    }

    @ParameterizedTest
    @FieldSource("TIMES")
    void negativeTimeIsRefused(String field) {
        task.put(field, "1969-12-31T23:59:59.999Z");
        thenRefused("Expected " + field + " to be 1970 or later, in ms, but got '1969-12-31T23:59:59.999Z'");
        task.put(field, -5);
        thenRefused("Expected " + field + " to be 1970 or later, in ms, but got -5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"taskId", "workflowId"})
    void idWithControlCharactersOrOnlyBlanksIsRefused(String field) {
        String odd = " to be an id without control characters or unpaired surrogates, but got ";
        task.put(field, "t\0");
        thenRefused("Expected " + field + odd + "'t\\\\u0000'");
        task.put(field, "t\n1");
        thenRefused("Expected " + field + odd + "'t\\\\u000a1'");
        task.put(field, " ");
        thenRefused("Expected " + field + " to be an id, but got ' '");
    }

    @Test
    void timeAtBoundsIsAccepted() {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            task.put("scheduledTime", "2015-01-01T00:00:00.000Z").put("endTime", "2026-11-23T16:00:00.000Z");
            assertThat(server.post(TASKS, task.toString()).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TASKS, WORKFLOWS})
    void workflowNotificationsAreCheckedToo(String path) {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            String oddId = Notification.WORKFLOW.replace("w-1", "w\\u0000");
            assertThat(server.post(path, oddId).body()).contains("Expected workflowId to be an id without control");
            String ahead = Notification.WORKFLOW.replace("{", "{\"startTime\":\"2026-11-24T00:00:00.000Z\",");
            assertThat(server.post(path, ahead).body()).contains("Expected startTime" + BOUNDS);
            assertThat(server.counts.requests(WebhookOutcome.MALFORMED)).isEqualTo(2);
        }
    }

    @Test
    void recordedRequestsAreAccepted() throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            for (String name : Recordings.withWebhook()) {
                for (byte[] line : Recordings.lines(name + ".webhook")) {
                    JsonNode request = json.readTree(line);
                    HttpResponse<String> answer = server.post(
                            request.get("url").asText(), request.get("body").asText());
                    assertThat(answer.statusCode())
                            .as("%s: %s", answer.body(), request)
                            .isEqualTo(200);
                }
            }
        }
    }

    private void thenRefused(String reason) {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            HttpResponse<String> answer = server.post(TASKS, task.toString());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("{\"error\":\"" + reason + "\"}");
            assertThat(server.counts.requests(WebhookOutcome.MALFORMED)).isEqualTo(1);
            assertThat(server.kafka.history()).isEmpty();
        }
    }
}
