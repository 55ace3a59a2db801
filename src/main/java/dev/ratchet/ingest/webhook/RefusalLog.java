package dev.ratchet.ingest.webhook;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Log lines about refused notifications: at most one line per interval, with the number of refusals. */
final class RefusalLog {
    private final long interval;
    private final LongSupplier nanoTime;
    private long unlogged;
    private long loggedAt;
    private boolean hasLogged;

    /** @param nanoTime as {@link System#nanoTime} */
    RefusalLog(Duration interval, LongSupplier nanoTime) {
        this.interval = interval.toNanos();
        this.nanoTime = nanoTime;
    }

    /** {@return a line for the log; empty if it is too soon for another} */
    synchronized Optional<String> line(NotificationResult refused) {
        unlogged++;
        long now = nanoTime.getAsLong();
        if (hasLogged && now - loggedAt < interval) {
            return Optional.empty();
        }
        String others = unlogged == 1 ? "" : " (and " + (unlogged - 1) + " others since the last such line)";
        hasLogged = true;
        loggedAt = now;
        unlogged = 0;
        // The reason quotes the request, which must not be able to forge log lines
        String reason = refused.reason().orElse("").replaceAll("\\p{Cntrl}", "?");
        return Optional.of("RATCHET-4104 Refused a notification, " + refused.outcome() + others + ": " + reason);
    }
}
