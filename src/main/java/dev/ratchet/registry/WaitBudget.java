package dev.ratchet.registry;

import java.util.concurrent.TimeUnit;

/**
 * Limits how long one thread waits: 2.5 s at once, then a fifth of the elapsed time. So it waits at most 4.5 s of any ten, less
 * than half of 10 s, the shortest transaction timeout that Ratchet sets. Not thread-safe.
 */
final class WaitBudget {
    static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);
    private static final int SHARE = 5;

    private long left = MAX_NANOS;
    private long at;

    /** @param now of {@link System#nanoTime} */
    WaitBudget(long now) {
        this.at = now;
    }

    /** {@return nanoseconds that it may wait from now on} */
    long remaining(long now) {
        left = Math.min(MAX_NANOS, left + (now - at) / SHARE);
        at = now;
        return left;
    }

    /** Deducts the time since {@link #remaining} was called. */
    void spendUntil(long now) {
        left = Math.max(0, left - (now - at));
        at = now;
    }
}
