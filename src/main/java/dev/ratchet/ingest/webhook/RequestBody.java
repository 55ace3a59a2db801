package dev.ratchet.ingest.webhook;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request as it arrives, and hands it to a desk once it is there. No thread waits for it, so clients that
 * send slowly hold up no others; and there is a time by which it must be there.
 */
final class RequestBody implements ReadListener {
    /** Conductor sends a notification at once. For the largest by default, 8 MiB, it takes 7 Mbit/s. */
    static final Duration WITHIN = Duration.ofSeconds(10);

    /** How long the rest of a refused notification is read and thrown away, until the client is told. */
    private static final Duration REST_WITHIN = Duration.ofSeconds(2);

    private static final int AT_ONCE = 16_384;

    private final ServletInputStream in;
    private final int maxBytes;
    private final IntPredicate room;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    /** Done once no more is read: with the reason, or empty if all is there. */
    private final CompletableFuture<Optional<NotificationResult>> refusal = new CompletableFuture<>();

    /** Set once it is refused, while the rest of it is thrown away. */
    private @Nullable NotificationResult refused;

    private RequestBody(ServletInputStream in, int maxBytes, IntPredicate room) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.room = room;
    }

    /**
     * Begins to read.
     *
     * @param in of a request that is answered later
     * @param place grows with what is read
     * @return what becomes of the notification
     */
    static CompletableFuture<NotificationResult> read(
            ServletInputStream in, int maxBytes, InFlightLimiter.Place place, NotificationHandler desk) {
        RequestBody body = new RequestBody(in, maxBytes, place::grow);
        in.setReadListener(body);
        return body.refusal
                .completeOnTimeout(
                        aborted("the rest of it within " + WITHIN.toSeconds() + " s, but it did not come"),
                        WITHIN.toMillis(),
                        TimeUnit.MILLISECONDS)
                .thenCompose(refusal ->
                        refusal.map(NotificationResult::now).orElseGet(() -> desk.take(body.read.toByteArray())));
    }

    /**
     * Refuses a request whose body is not wanted.
     *
     * @return the same verdict, once the client has sent the body or enough time for that has passed
     */
    static CompletableFuture<NotificationResult> discard(ServletInputStream in, NotificationResult verdict) {
        RequestBody body = new RequestBody(in, 0, length -> false);
        body.refuse(verdict);
        in.setReadListener(body);
        return body.refusal.thenApply(rest -> verdict);
    }

    /**
     * The answer waits until the client has sent the rest, if it does soon: a connection that is closed with bytes unread is
     * reset, and a client that still sends then sees no answer.
     */
    private void refuse(NotificationResult verdict) {
        refused = verdict;
        refusal.completeOnTimeout(Optional.of(verdict), REST_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] part = new byte[AT_ONCE];
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
                WebhookOutcome.BUSY, "Expected room for a notification, but too many are on their way");
    }

    static NotificationResult tooLarge(int maxBytes, String size) {
        return NotificationResult.refused(
                WebhookOutcome.TOO_LARGE,
                "Expected at most %d bytes (%s), but got %s"
                        .formatted(maxBytes, dev.ratchet.config.WebhookSettings.MAX_BYTES, size));
    }
}
