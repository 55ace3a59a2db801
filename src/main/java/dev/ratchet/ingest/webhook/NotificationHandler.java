package dev.ratchet.ingest.webhook;

import java.util.concurrent.CompletableFuture;

/** Takes the notifications of one kind. */
@FunctionalInterface
interface NotificationHandler {
    /** Does not wait for what takes long: the verdict may come later. */
    CompletableFuture<NotificationResult> take(byte[] body);
}
