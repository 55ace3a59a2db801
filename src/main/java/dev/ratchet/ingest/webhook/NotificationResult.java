package dev.ratchet.ingest.webhook;

import dev.ratchet.http.ErrorResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The result of one request.
 *
 * @param reason why it was refused: "Expected …, but got …"; empty otherwise
 */
record NotificationResult(WebhookOutcome outcome, Optional<String> reason) {
    static final NotificationResult ACCEPTED = new NotificationResult(WebhookOutcome.ACCEPTED, Optional.empty());
    static final NotificationResult WORKFLOW = new NotificationResult(WebhookOutcome.WORKFLOW, Optional.empty());

    static NotificationResult refused(WebhookOutcome outcome, String reason) {
        return new NotificationResult(outcome, Optional.of(reason));
    }

    CompletableFuture<NotificationResult> now() {
        return CompletableFuture.completedFuture(this);
    }

    ErrorResponse answer() {
        return new ErrorResponse(outcome.status(), reason);
    }
}
