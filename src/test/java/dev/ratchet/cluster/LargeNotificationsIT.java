package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.config.Settings;
import dev.ratchet.http.HttpServer;
import dev.ratchet.ingest.webhook.ReadableWebhookCounters;
import dev.ratchet.ingest.webhook.WebhookIntake;
import dev.ratchet.ingest.webhook.WebhookOutcome;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.v1.TaskStatusChange;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

/** Webhook notifications far larger than a producer's default limit: they affect no other task. */
class LargeNotificationsIT extends LargeRecordsFixture {
    /** With Kafka's default topic limit. */
    @Test
    void largeNotificationsAffectNoOtherTask() throws Exception {
        Settings settings = applied(settings("native", Map.of()));
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        ReadableWebhookCounters counts = new ReadableWebhookCounters();
        ReadableEventCounters counters = new ReadableEventCounters();
        try (Outputs outputs = new Outputs(settings, registry);
                RatchetStream stream = StreamFactory.of(settings, registry, counters);
                WebhookIntake intake = new WebhookIntake(settings, counts);
                HttpServer server = HttpServer.start(settings.http(), List.of(intake))) {
            intake.open(registry);
            stream.start();
            URI tasks = server.address().resolve("/conductor/tasks");
            assertThat(post(tasks, notification("before", "COMPLETED", ""))).isEqualTo(200);
            assertThat(post(tasks, notification("http", "FAILED", ",\"reasonForIncompletion\":\"" + REASON + "\"")))
                    .isEqualTo(200);
            assertThat(post(tasks, notification("large", "COMPLETED", output(7 << 20))))
                    .isEqualTo(200);
            assertThat(post(tasks, notification(ID, "COMPLETED", ""))).isEqualTo(400);
            assertThat(post(tasks, notification("workflow", "COMPLETED", ",\"workflowId\":\"" + ID + "\"")))
                    .isEqualTo(400);
            assertThat(post(tasks, notification("too-large", "COMPLETED", output(9 << 20))))
                    .isEqualTo(413);
            assertThat(post(tasks, notification("after", "COMPLETED", ""))).isEqualTo(200);
            await().atMost(TIMEOUT).until(() -> outputs.poll().changes.size() == 4);
            assertThat(outputs.changes)
                    .extracting(TaskStatusChange::getTaskId)
                    .containsExactly("before", "http", "large", "after");
            assertThat(counts.requests(WebhookOutcome.ACCEPTED)).isEqualTo(4);
            assertThat(counts.requests(WebhookOutcome.MALFORMED)).isEqualTo(2);
            assertThat(counts.requests(WebhookOutcome.TOO_LARGE)).isEqualTo(1);
            assertThat(counts.withoutPayload()).isEqualTo(1);
            assertThat(counters.read()).isEqualTo(4);
            assertThat(stream.state()).isEqualTo(State.RUNNING);
        }
    }

    private static String output(int length) {
        return ",\"output\":{\"x\":\"" + "o".repeat(length) + "\"}";
    }

    private static String notification(String task, String status, String more) {
        return "{\"taskId\":\"%s\",\"status\":\"%s\",\"endTime\":%d%s}"
                .formatted(task, status, System.currentTimeMillis(), more);
    }

    private static int post(URI address, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + Webhook.TOKEN)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
