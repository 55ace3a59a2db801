package dev.ratchet.intake;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads the body of a request as it arrives, and hands it to a desk once it is there. No thread waits for it, so clients that
 * send slowly hold up no others; and there is a time by which it must be there.
 */
final class NotificationBody implements ReadListener {
    /** Conductor sends a notification at once. For the largest by default, 8 MiB, it takes 7 Mbit/s. */
    static final Duration WITHIN = Duration.ofSeconds(10);

    private static final int AT_ONCE = 16_384;

    private final ServletInputStream in;
    private final int maxBytes;
    private final Admission.Place place;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    /** Done once no more is read: with the reason, or empty if all is there. */
    private final CompletableFuture<Optional<Verdict>> refusal = new CompletableFuture<>();

    private NotificationBody(ServletInputStream in, int maxBytes, Admission.Place place) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.place = place;
    }

    /**
     * Begins to read.
     *
     * @param in of a request that is answered later
     * @param place grows with what is read
     * @return what becomes of the notification
     */
    static CompletableFuture<Verdict> read(ServletInputStream in, int maxBytes, Admission.Place place, Desk desk) {
        NotificationBody body = new NotificationBody(in, maxBytes, place);
        in.setReadListener(body);
        return body.refusal
                .completeOnTimeout(
                        aborted("the rest of it within " + WITHIN.toSeconds() + " s, but it did not come"),
                        WITHIN.toMillis(),
                        TimeUnit.MILLISECONDS)
                .thenCompose(refusal -> refusal.map(Verdict::now).orElseGet(() -> desk.take(body.read.toByteArray())));
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] part = new byte[AT_ONCE];
        while (!refusal.isDone() && in.isReady() && !in.isFinished()) {
            int length = in.read(part);
            if (length < 0) {
                return;
            }
            take(part, length);
        }
    }

    private void take(byte[] part, int length) {
        if (read.size() + length > maxBytes) {
            refusal.complete(Optional.of(tooLarge(maxBytes, "more")));
        } else if (place.grow(length)) {
            read.write(part, 0, length);
        } else {
            refusal.complete(Optional.of(busy()));
        }
    }

    @Override
    public void onAllDataRead() {
        refusal.complete(Optional.empty());
    }

    @Override
    public void onError(Throwable gone) {
        refusal.complete(aborted("a whole notification, but: " + gone.getMessage()));
    }

    private static Optional<Verdict> aborted(String expected) {
        return Optional.of(Verdict.refused(IntakeOutcome.ABORTED, "Expected " + expected));
    }

    static Verdict busy() {
        return Verdict.refused(IntakeOutcome.BUSY, "Expected room for a notification, but too many are on their way");
    }

    static Verdict tooLarge(int maxBytes, String size) {
        return Verdict.refused(
                IntakeOutcome.TOO_LARGE,
                "Expected at most %d bytes (%s), but got %s"
                        .formatted(maxBytes, dev.ratchet.config.Intake.MAX_BYTES, size));
    }
}
