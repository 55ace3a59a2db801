package dev.ratchet.registry;

import java.util.concurrent.TimeUnit;

/**
 * How long one thread may wait: 2.5 s at once, and a fifth of the time after that. So it waits 4.5 s of any ten at most, less
 * than half of 10 s, the shortest transaction timeout that Ratchet sets. For one thread.
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

    /** {@return nanoseconds that may be waited from now on} */
    long remaining(long now) {
        left = Math.min(MAX_NANOS, left + (now - at) / SHARE);
        at = now;
        return left;
    }

    /** Takes off what was waited since {@link #remaining} was asked. */
    void spendUntil(long now) {
        left = Math.max(0, left - (now - at));
        at = now;
    }
}
