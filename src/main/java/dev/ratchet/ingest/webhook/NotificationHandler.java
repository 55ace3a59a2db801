package dev.ratchet.ingest.webhook;

import dev.ratchet.avro.PayloadRecords;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.ingest.Reading;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Handles notifications. Does not block: a result may come later. */
final class NotificationHandler {
    private final EventProducer producer;
    private final WebhookCounters counts;
    private final InstantSource clock;

    NotificationHandler(EventProducer producer, WebhookCounters counts, InstantSource clock) {
        this.producer = producer;
        this.counts = counts;
        this.clock = clock;
    }

    /** Converts a task notification to a status event and writes it to Kafka. */
    CompletableFuture<NotificationResult> task(byte[] body) {
        WebhookReader reader = new WebhookReader(clock);
        return handle(reader.read(body), read -> send(event(reader, read)));
    }

    /** Conductor posts workflow notifications along with task notifications. They are checked, but not stored. */
    CompletableFuture<NotificationResult> workflow(byte[] body) {
        return handle(
                new WebhookReader(clock).read(body),
                task -> refuse(
                        WebhookOutcome.MALFORMED,
                        "Expected a notification of a workflow, but got one of a task, which belongs to "
                                + WebhookIntake.TASKS));
    }

    private static CompletableFuture<NotificationResult> handle(
            Reading reading, Function<Reading.Event, CompletableFuture<NotificationResult>> onTask) {
        return reading.accept(new Dispatch(onTask));
    }

    private record Dispatch(Function<Reading.Event, CompletableFuture<NotificationResult>> onTask)
            implements Reading.Visitor<CompletableFuture<NotificationResult>> {
        @Override
        public CompletableFuture<NotificationResult> onEvent(Reading.Event event) {
            return onTask.apply(event);
        }

        @Override
        public CompletableFuture<NotificationResult> onUnreadable(Reading.Unreadable unreadable) {
            boolean isUnknown = unreadable.flaw() == DeadLetterCategory.UNKNOWN_STATUS;
            return refuse(isUnknown ? WebhookOutcome.UNKNOWN_STATUS : WebhookOutcome.MALFORMED, unreadable.error());
        }

        @Override
        public CompletableFuture<NotificationResult> onNothing(Reading.Nothing nothing) {
            return nothing.equals(WebhookReader.WORKFLOW) ? NotificationResult.WORKFLOW.now() : isNone();
        }

        @Override
        public CompletableFuture<NotificationResult> onDeleted(Reading.Deleted deleted) {
            return isNone();
        }

        @Override
        public CompletableFuture<NotificationResult> onResult(Reading.Result result) {
            return isNone();
        }

        @Override
        public CompletableFuture<NotificationResult> onRefused(Reading.Refused refused) {
            return isNone();
        }

        private static CompletableFuture<NotificationResult> isNone() {
            return refuse(WebhookOutcome.MALFORMED, "Expected a notification of Conductor's, but got nothing");
        }
    }

    private static CompletableFuture<NotificationResult> refuse(WebhookOutcome outcome, String reason) {
        return NotificationResult.refused(outcome, reason).now();
    }

    /** The event with the fields that a repair needs. */
    static TaskStatusEvent event(WebhookReader reader, Reading.Event read) {
        TaskStatusEvent event = TaskRecords.event(read.event());
        PayloadRecords.addTo(event, read.payload());
        event.setUpdateTime(reader.updateTime() == 0 ? null : Instant.ofEpochMilli(reader.updateTime()));
        return event;
    }

    private CompletableFuture<NotificationResult> send(TaskStatusEvent event) {
        return producer.send(event)
                // Not on the producer's thread, which must not wait for space in its own buffer
                .exceptionallyComposeAsync(failure -> isTooLarge(failure) && event.getOutput() != null
                        ? sendWithoutPayload(event)
                        : CompletableFuture.failedFuture(failure))
                .handle((done, failure) -> toResult(failure));
    }

    /** The status matters more than the output: without the output Ratchet cannot repair the task, but it knows its end. */
    private CompletableFuture<Void> sendWithoutPayload(TaskStatusEvent event) {
        PayloadRecords.removeOutput(event);
        counts.countWithoutPayload();
        return producer.send(event);
    }

    private static NotificationResult toResult(@Nullable Throwable failure) {
        if (failure == null) {
            return NotificationResult.ACCEPTED;
        }
        Throwable cause = cause(failure);
        return isTooLarge(failure)
                ? NotificationResult.refused(
                        WebhookOutcome.TOO_LARGE, "Expected an event that Kafka accepts, but: " + cause.getMessage())
                : NotificationResult.refused(
                        WebhookOutcome.UNAVAILABLE,
                        "Expected Kafka to store the event within " + EventProducer.DELIVERY_MS + " ms, but: "
                                + cause.getMessage());
    }

    private static boolean isTooLarge(Throwable failure) {
        return cause(failure) instanceof RecordTooLargeException;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
