package dev.ratchet.ingest.webhook;

import dev.ratchet.config.WebhookSettings;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request as it arrives, and passes it to a handler once it is complete. No thread waits for it, so
 * a slow client does not delay others. A timeout limits how long it may take.
 */
final class RequestBody implements ReadListener {
    /** Timeout for the whole body. Conductor sends it at once; the largest by default, 8 MiB, needs 7 Mbit/s. */
    static final Duration BODY_TIMEOUT = Duration.ofSeconds(10);

    /** How long the rest of a refused notification is read and discarded before the response. */
    private static final Duration REST_TIMEOUT = Duration.ofSeconds(2);

    private static final int BUFFER_BYTES = 16_384;

    private final ServletInputStream in;
    private final int maxBytes;
    private final IntPredicate room;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    /** Completes when reading ends: with the reason of a refusal, or empty if the body is complete. */
    private final CompletableFuture<Optional<NotificationResult>> refusal = new CompletableFuture<>();

    /** Set once the body is refused, while its rest is discarded. */
    private @Nullable NotificationResult refused;

    private RequestBody(ServletInputStream in, int maxBytes, IntPredicate room) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.room = room;
    }

    /** @param in the body of an asynchronous request */
    static CompletableFuture<NotificationResult> read(
            ServletInputStream in,
            int maxBytes,
            InFlightLimiter.Place place,
            Function<byte[], CompletableFuture<NotificationResult>> handler) {
        RequestBody body = new RequestBody(in, maxBytes, place::grow);
        in.setReadListener(body);
        return body.refusal
                .completeOnTimeout(
                        aborted("the rest of it within " + BODY_TIMEOUT.toSeconds() + " s, but it did not come"),
                        BODY_TIMEOUT.toMillis(),
                        TimeUnit.MILLISECONDS)
                .thenCompose(refusal ->
                        refusal.map(NotificationResult::now).orElseGet(() -> handler.apply(body.read.toByteArray())));
    }

    /** {@return the same result, once the client has sent the body, which is discarded, or the timeout has passed} */
    static CompletableFuture<NotificationResult> discard(ServletInputStream in, NotificationResult result) {
        RequestBody body = new RequestBody(in, 0, length -> false);
        body.refuse(result);
        in.setReadListener(body);
        return body.refusal.thenApply(rest -> result);
    }

    /**
     * The response waits until the client has sent the rest, if it does so soon: closing a connection with unread bytes resets
     * it, and a client that is still sending then sees no response.
     */
    private void refuse(NotificationResult result) {
        refused = result;
        refusal.completeOnTimeout(Optional.of(result), REST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] part = new byte[BUFFER_BYTES];
        while (!refusal.isDone() && in.isReady() && !in.isFinished()) {
            int length = in.read(part);
            if (length < 0) {
                return;
            }
            if (refused == null) {
                take(part, length);
            }
        }
    }

    private void take(byte[] part, int length) {
        if (read.size() + length > maxBytes) {
            refuse(tooLarge(maxBytes, "more"));
        } else if (room.test(length)) {
            read.write(part, 0, length);
        } else {
            refuse(busy());
        }
    }

    @Override
    public void onAllDataRead() {
        refusal.complete(Optional.ofNullable(refused));
    }

    @Override
    public void onError(Throwable gone) {
        refusal.complete(
                refused == null ? aborted("a whole notification, but: " + gone.getMessage()) : Optional.of(refused));
    }

    private static Optional<NotificationResult> aborted(String expected) {
        return Optional.of(NotificationResult.refused(WebhookOutcome.ABORTED, "Expected " + expected));
    }

    static NotificationResult busy() {
        return NotificationResult.refused(
                WebhookOutcome.BUSY, "Expected room for a notification, but too many are in flight");
    }

    static NotificationResult tooLarge(int maxBytes, String size) {
        return NotificationResult.refused(
                WebhookOutcome.TOO_LARGE,
                "Expected at most %d bytes (%s), but got %s".formatted(maxBytes, WebhookSettings.MAX_BYTES, size));
    }
}
