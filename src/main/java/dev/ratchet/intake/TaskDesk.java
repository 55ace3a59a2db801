package dev.ratchet.intake;

import dev.ratchet.source.Reading;
import dev.ratchet.source.Reading.Flaw;
import dev.ratchet.source.WebhookReader;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.wire.PayloadRecords;
import dev.ratchet.wire.Records;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Makes a status event of a notification of a task, and sees it to Kafka. */
final class TaskDesk implements Desk {
    private final EventProducer producer;
    private final IntakeCounts counts;
    private final InstantSource clock;

    TaskDesk(EventProducer producer, IntakeCounts counts, InstantSource clock) {
        this.producer = producer;
        this.counts = counts;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Verdict> take(byte[] body) {
        Reading reading = new WebhookReader(clock).read(body);
        if (reading instanceof Reading.Event read) {
            TaskStatusEvent event = Records.event(read.event());
            Payload.addTo(event, WebhookReader.text(body));
            return send(event);
        }
        if (reading.equals(WebhookReader.WORKFLOW)) {
            return Verdict.WORKFLOW.now();
        }
        return refused(reading).now();
    }

    /** Of what is no notification of either kind. */
    static Verdict refused(Reading reading) {
        if (reading instanceof Reading.Unreadable unreadable) {
            return Verdict.refused(
                    unreadable.flaw() == Flaw.UNKNOWN_STATUS ? IntakeOutcome.UNKNOWN_STATUS : IntakeOutcome.MALFORMED,
                    unreadable.error());
        }
        return Verdict.refused(IntakeOutcome.MALFORMED, "Expected a notification of Conductor's, but got nothing");
    }

    private CompletableFuture<Verdict> send(TaskStatusEvent event) {
        return producer.send(event)
                // Not on Kafka's own thread, which must not wait for room in its own buffer.
                .exceptionallyComposeAsync(failure -> isTooLarge(failure) && event.getOutput() != null
                        ? sendWithoutPayload(event)
                        : CompletableFuture.failedFuture(failure))
                .handle((done, failure) -> verdict(failure));
    }

    /** The status matters more than the output: without it a task is not repaired by Ratchet, but it is known of. */
    private CompletableFuture<Void> sendWithoutPayload(TaskStatusEvent event) {
        PayloadRecords.leaveOutOutput(event);
        counts.countWithoutPayload();
        return producer.send(event);
    }

    private static Verdict verdict(@Nullable Throwable failure) {
        if (failure == null) {
            return Verdict.ACCEPTED;
        }
        Throwable cause = cause(failure);
        return isTooLarge(failure)
                ? Verdict.refused(
                        IntakeOutcome.TOO_LARGE, "Expected an event that Kafka takes, but: " + cause.getMessage())
                : Verdict.refused(
                        IntakeOutcome.UNAVAILABLE,
                        "Expected Kafka to take the event within " + ProducerSettings.DELIVERY_MS + " ms, but: "
                                + cause.getMessage());
    }

    private static boolean isTooLarge(Throwable failure) {
        return cause(failure) instanceof RecordTooLargeException;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
