package dev.ratchet.ingest.webhook;

import static dev.ratchet.ingest.webhook.WebhookIntake.TASKS;
import static dev.ratchet.ingest.webhook.WebhookIntake.WORKFLOWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookIntakeTest {
    private static final String TASK = Notification.task("t-1").toString();

    @Test
    void taskIsAnsweredAfterKafkaAcknowledges() {
        try (WebhookServer server = WebhookServer.withSilentKafka(Map.of())) {
            CompletableFuture<HttpResponse<String>> answer = server.postLater(TASKS, BodyPublishers.ofString(TASK));
            await().until(() -> !server.kafka.history().isEmpty());
            assertThat(answer).isNotDone();
            assertThat(server.counts.requests(WebhookOutcome.ACCEPTED)).isZero();

            server.kafka.completeNext();

            assertThat(answer.join().statusCode()).isEqualTo(200);
            assertThat(answer.join().body()).isEmpty();
            assertThat(server.counts.requests(WebhookOutcome.ACCEPTED)).isEqualTo(1);
        }
    }

    @Test
    void notificationDuringStartIsAnsweredWithRetryAfter() {
        try (WebhookServer server = WebhookServer.atStart(Map.of())) {
            HttpResponse<String> early = server.post(TASKS, TASK);
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(early.body()).contains("Expected Ratchet to have started");
            assertThat(server.counts.requests(WebhookOutcome.UNAVAILABLE)).isEqualTo(1);
            assertThat(server.kafka.history()).isEmpty();

            server.open();

            assertThat(server.post(TASKS, TASK).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void eventIsSentWithTaskIdAsKey() {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            server.post(TASKS, TASK);
            assertThat(server.kafka.history()).singleElement().satisfies(sent -> {
                assertThat(sent.topic()).isEqualTo("events");
                assertThat(sent.partition()).as("left to Kafka").isNull();
                assertThat(sent.key()).asString().isEqualTo("t-1");
            });
            TaskStatusEvent event = server.events().get(0);
            assertThat(event.getTaskId()).isEqualTo("t-1");
            assertThat(event.getStatus()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(event.getSource()).isEqualTo(TaskSource.WEBHOOK);
            assertThat(event.getSequence()).isEqualTo(1_795_359_820_000L);
            assertThat(event.getUpdateTime()).isEqualTo(Instant.parse("2026-11-22T15:03:39Z"));
        }
    }

    @Test
    void documentedNotificationIsAccepted() throws IOException {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            byte[] shown = Files.readAllBytes(Path.of("config/conductor/task-notification.json"));
            assertThat(server.post(TASKS, shown).statusCode()).isEqualTo(200);
            assertThat(server.events())
                    .extracting(TaskStatusEvent::getReferenceTaskName)
                    .containsExactly("A__1");
        }
    }

    @Test
    void latin1BodyIsRead() {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            String body = Notification.task("t-1")
                    .put("referenceTaskName", "grün")
                    .put("output", "{\"k\":\"ä\"}")
                    .toString();
            server.post(TASKS, body.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(server.events()).singleElement().satisfies(event -> {
                assertThat(event.getReferenceTaskName()).isEqualTo("grün");
                assertThat(event.getOutput()).isEqualTo("{\"k\":\"ä\"}");
            });
        }
    }

    @Test
    void byteOrderMarkIsAccepted() {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            assertThat(server.post(TASKS, "\uFEFF" + TASK).statusCode()).isEqualTo(200);
            assertThat(server.events())
                    .extracting(TaskStatusEvent::getUpdateTime)
                    .containsExactly(Instant.parse("2026-11-22T15:03:39Z"));
        }
    }

    @Test
    void workflowNotificationIsCountedAndNotStored() {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            assertThat(server.post(TASKS, Notification.WORKFLOW).statusCode()).isEqualTo(200);
            assertThat(server.post(WORKFLOWS, Notification.WORKFLOW).statusCode())
                    .isEqualTo(200);
            assertThat(server.counts.requests(WebhookOutcome.WORKFLOW)).isEqualTo(2);
            assertThat(server.kafka.history()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`/conductor/tasks`|``|Expected a notification of Conductor's, but got nothing",
                "`/conductor/tasks`|`null`|Expected a notification of Conductor's, but got nothing",
                "`/conductor/tasks`|`{`|Expected JSON, but got truncated JSON: it ends at column 2",
                "`/conductor/tasks`|`[]`|Expected a JSON object, but got an array",
                "`/conductor/tasks`|`{}`|Expected a task's status, but got JSON without taskId",
                "`/conductor/tasks`|`{\"taskId\":\"t\",\"status\":\"\"}`|Expected a task's status, but got JSON without status",
                "`/conductor/workflows`|`{`|Expected JSON, but got truncated JSON: it ends at column 2",
                "`/conductor/workflows`|``|Expected a notification of Conductor's, but got nothing",
                "`/conductor/workflows`|`{\"taskId\":\"t\",\"status\":\"COMPLETED\",\"endTime\":\"2026-11-22T15:03:40.000Z\"}`|Expected a notification of a workflow,"
                        + " but got one of a task, which belongs to /conductor/tasks"
            })
    void invalidBodyIsRefusedWithReason(String path, String body, String reason) {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            HttpResponse<String> answer = server.post(path, body);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("{\"error\":\"" + reason + "\"}");
            assertThat(server.counts.requests(WebhookOutcome.MALFORMED)).isEqualTo(1);
            assertThat(server.kafka.history()).isEmpty();
        }
    }

    @Test
    void unknownStatusIsRefusedAndCountedSeparately() {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            HttpResponse<String> answer = server.post(
                    TASKS, Notification.task("t-1").put("status", "PAUSED").toString());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("Expected status to be one of [SCHEDULED, ", "but got 'PAUSED'");
            assertThat(server.counts.requests(WebhookOutcome.UNKNOWN_STATUS)).isEqualTo(1);
        }
    }

    @Test
    void tokenIsRequired() {
        try (WebhookServer server = WebhookServer.with(Map.of("ratchet.http.token", "s3cret"))) {
            HttpResponse<String> without = server.post(TASKS, TASK);
            assertThat(without.statusCode()).isEqualTo(401);
            assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(server.post(WORKFLOWS, Notification.WORKFLOW).statusCode())
                    .isEqualTo(401);
            assertThat(server.kafka.history()).isEmpty();
            assertThat(server.post(TASKS, TASK, "Authorization", "Bearer s3cret")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.counts.requests(WebhookOutcome.UNAUTHORIZED)).isEqualTo(2);
        }
    }

    @Test
    void kafkaTimeoutIsToBeRetried() {
        try (WebhookServer server = WebhookServer.withSilentKafka(Map.of())) {
            CompletableFuture<HttpResponse<String>> answer = server.postLater(TASKS, BodyPublishers.ofString(TASK));
            await().until(() -> server.kafka.errorNext(new TimeoutException("no broker")));
            assertThat(answer.join().statusCode()).isEqualTo(503);
            assertThat(answer.join().headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.join().body())
                    .isEqualTo("{\"error\":\"Expected Kafka to store the event within 5000 ms, but: no broker\"}");
            assertThat(server.counts.requests(WebhookOutcome.UNAVAILABLE)).isEqualTo(1);
        }
    }

    @Test
    void closedProducerIsToBeRetried() {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            server.kafka.close();
            assertThat(server.post(TASKS, TASK).statusCode()).isEqualTo(503);
        }
    }

    @Test
    void outputTooLargeForKafkaIsLeftOut() {
        try (WebhookServer server = WebhookServer.withSilentKafka(Map.of())) {
            String body = Notification.task("t-1").put("output", "{\"k\":1}").toString();
            CompletableFuture<HttpResponse<String>> answer = server.postLater(TASKS, BodyPublishers.ofString(body));
            await().until(() -> server.kafka.errorNext(new RecordTooLargeException("too large")));
            await().until(() -> server.kafka.completeNext());
            assertThat(answer.join().statusCode()).isEqualTo(200);
            assertThat(server.events()).extracting(TaskStatusEvent::getOutput).containsExactly("{\"k\":1}", null);
            assertThat(server.events())
                    .extracting(TaskStatusEvent::getPayloadIncomplete)
                    .containsExactly(false, true);
            assertThat(server.counts.withoutPayload()).isEqualTo(1);
        }
    }

    @Test
    void eventTooLargeWithoutOutputIsRefused() {
        try (WebhookServer server = WebhookServer.withSilentKafka(Map.of())) {
            CompletableFuture<HttpResponse<String>> answer = server.postLater(TASKS, BodyPublishers.ofString(TASK));
            await().until(() -> server.kafka.errorNext(new RecordTooLargeException("too large")));
            assertThat(answer.join().statusCode()).isEqualTo(413);
            assertThat(server.kafka.history()).hasSize(1);
        }
    }

    @Test
    void internalErrorIsAnsweredAndCounted() {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            server.kafka.sendException = new IllegalArgumentException("a bug");
            assertThat(server.post(TASKS, TASK).statusCode()).isEqualTo(500);
            assertThat(server.counts.requests(WebhookOutcome.FAILED)).isEqualTo(1);
        }
    }
}
