package dev.ratchet.ingest.webhook;

import dev.ratchet.avro.PayloadRecords;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.Reading.Flaw;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Makes a status event of a notification of a task, and sees it to Kafka. */
final class TaskNotificationHandler implements NotificationHandler {
    private final EventProducer producer;
    private final WebhookCounters counts;
    private final InstantSource clock;

    TaskNotificationHandler(EventProducer producer, WebhookCounters counts, InstantSource clock) {
        this.producer = producer;
        this.counts = counts;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<NotificationResult> take(byte[] body) {
        Reading reading = new WebhookReader(clock).read(body);
        if (reading instanceof Reading.Event read) {
            TaskStatusEvent event = TaskRecords.event(read.event());
            NotificationPayload.addTo(event, WebhookReader.text(body));
            return send(event);
        }
        if (reading.equals(WebhookReader.WORKFLOW)) {
            return NotificationResult.WORKFLOW.now();
        }
        return refused(reading).now();
    }

    /** Of what is no notification of either kind. */
    static NotificationResult refused(Reading reading) {
        if (reading instanceof Reading.Unreadable unreadable) {
            return NotificationResult.refused(
                    unreadable.flaw() == Flaw.UNKNOWN_STATUS ? WebhookOutcome.UNKNOWN_STATUS : WebhookOutcome.MALFORMED,
                    unreadable.error());
        }
        return NotificationResult.refused(
                WebhookOutcome.MALFORMED, "Expected a notification of Conductor's, but got nothing");
    }

    private CompletableFuture<NotificationResult> send(TaskStatusEvent event) {
        return producer.send(event)
                // Not on Kafka's own thread, which must not wait for room in its own buffer.
                .exceptionallyComposeAsync(failure -> isTooLarge(failure) && event.getOutput() != null
                        ? sendWithoutPayload(event)
                        : CompletableFuture.failedFuture(failure))
                .handle((done, failure) -> verdict(failure));
    }

    /** The status matters more than the output: without it a task is not repaired by Ratchet, but it is known of. */
    private CompletableFuture<Void> sendWithoutPayload(TaskStatusEvent event) {
        PayloadRecords.removeOutput(event);
        counts.countWithoutPayload();
        return producer.send(event);
    }

    private static NotificationResult verdict(@Nullable Throwable failure) {
        if (failure == null) {
            return NotificationResult.ACCEPTED;
        }
        Throwable cause = cause(failure);
        return isTooLarge(failure)
                ? NotificationResult.refused(
                        WebhookOutcome.TOO_LARGE, "Expected an event that Kafka takes, but: " + cause.getMessage())
                : NotificationResult.refused(
                        WebhookOutcome.UNAVAILABLE,
                        "Expected Kafka to take the event within " + EventProducerSettings.DELIVERY_MS + " ms, but: "
                                + cause.getMessage());
    }

    private static boolean isTooLarge(Throwable failure) {
        return cause(failure) instanceof RecordTooLargeException;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
