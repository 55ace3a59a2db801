package dev.ratchet.ingest.webhook;

import java.util.concurrent.CompletableFuture;

/** Handles the notifications of one kind. */
@FunctionalInterface
interface NotificationHandler {
    /** Does not block: the result may come later. */
    CompletableFuture<NotificationResult> take(byte[] body);
}
