package dev.ratchet.ingest.webhook;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tells of refusals, but not of each: a line at most once per interval, which says how many there were. */
final class RefusalLog {
    private final long interval;
    private final LongSupplier nanoTime;
    private long untold;
    private long toldAt;
    private boolean hasTold;

    /** @param nanoTime as {@link System#nanoTime} */
    RefusalLog(Duration interval, LongSupplier nanoTime) {
        this.interval = interval.toNanos();
        this.nanoTime = nanoTime;
    }

    /** {@return a line for the log; empty if it is too soon for another} */
    synchronized Optional<String> line(NotificationResult refused) {
        untold++;
        long now = nanoTime.getAsLong();
        if (hasTold && now - toldAt < interval) {
            return Optional.empty();
        }
        String others = untold == 1 ? "" : " (and " + (untold - 1) + " others since the last such line)";
        hasTold = true;
        toldAt = now;
        untold = 0;
        // What was sent is quoted in it, and must not pass for lines of its own.
        String reason = refused.reason().orElse("").replaceAll("\\p{Cntrl}", "?");
        return Optional.of("Refused a notification, " + refused.outcome() + others + ": " + reason);
    }
}
