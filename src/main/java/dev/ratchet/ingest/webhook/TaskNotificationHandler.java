package dev.ratchet.ingest.webhook;

import dev.ratchet.avro.PayloadRecords;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.ingest.Reading;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Converts a task notification to a status event and writes it to Kafka. */
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
        return reading.accept(new Answering() {
            @Override
            public CompletableFuture<NotificationResult> onEvent(Reading.Event read) {
                TaskStatusEvent event = TaskRecords.event(read.event());
                NotificationPayload.addTo(event, WebhookReader.text(body));
                return send(event);
            }
        });
    }

    private CompletableFuture<NotificationResult> send(TaskStatusEvent event) {
        return producer.send(event)
                // Not on the producer's thread, which must not wait for space in its own buffer
                .exceptionallyComposeAsync(failure -> isTooLarge(failure) && event.getOutput() != null
                        ? sendWithoutPayload(event)
                        : CompletableFuture.failedFuture(failure))
                .handle((done, failure) -> verdict(failure));
    }

    /** The status matters more than the output: without the output Ratchet cannot repair the task, but it knows its end. */
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
                        WebhookOutcome.TOO_LARGE, "Expected an event that Kafka accepts, but: " + cause.getMessage())
                : NotificationResult.refused(
                        WebhookOutcome.UNAVAILABLE,
                        "Expected Kafka to store the event within " + EventProducerSettings.DELIVERY_MS + " ms, but: "
                                + cause.getMessage());
    }

    private static boolean isTooLarge(Throwable failure) {
        return cause(failure) instanceof RecordTooLargeException;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
