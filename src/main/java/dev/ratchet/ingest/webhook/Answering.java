package dev.ratchet.ingest.webhook;

import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.Reading.Flaw;
import java.util.concurrent.CompletableFuture;

/** The response to a posted body. What to do with a task's event differs by endpoint. */
abstract class Answering implements Reading.Visitor<CompletableFuture<NotificationResult>> {
    @Override
    public final CompletableFuture<NotificationResult> onNothing(Reading.Nothing nothing) {
        return nothing.equals(WebhookReader.WORKFLOW)
                ? NotificationResult.WORKFLOW.now()
                : refuse(WebhookOutcome.MALFORMED, "Expected a notification of Conductor's, but got nothing");
    }

    @Override
    public final CompletableFuture<NotificationResult> onUnreadable(Reading.Unreadable unreadable) {
        return refuse(
                unreadable.flaw() == Flaw.UNKNOWN_STATUS ? WebhookOutcome.UNKNOWN_STATUS : WebhookOutcome.MALFORMED,
                unreadable.error());
    }

    @Override
    public final CompletableFuture<NotificationResult> onDeleted(Reading.Deleted deleted) {
        throw noNotification(deleted);
    }

    @Override
    public final CompletableFuture<NotificationResult> onAnswer(Reading.Answer answer) {
        throw noNotification(answer);
    }

    @Override
    public final CompletableFuture<NotificationResult> onExistence(Reading.Existence existence) {
        throw noNotification(existence);
    }

    @Override
    public final CompletableFuture<NotificationResult> onRetry(Reading.Retry retry) {
        throw noNotification(retry);
    }

    @Override
    public final CompletableFuture<NotificationResult> onRequestedAudit(Reading.RequestedAudit audit) {
        throw noNotification(audit);
    }

    @Override
    public final CompletableFuture<NotificationResult> onRefused(Reading.Refused refused) {
        throw noNotification(refused);
    }

    static CompletableFuture<NotificationResult> refuse(WebhookOutcome outcome, String reason) {
        return NotificationResult.refused(outcome, reason).now();
    }

    /** {@link WebhookReader} produces none of these. */
    private static IllegalStateException noNotification(Reading reading) {
        return new IllegalStateException("Expected a notification, but got " + reading);
    }
}
