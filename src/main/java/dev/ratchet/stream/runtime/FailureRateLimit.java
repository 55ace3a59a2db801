package dev.ratchet.stream.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts failures in a sliding time window. Thread-safe. */
final class FailureRateLimit {
    private final int limit;
    private final long window;
    private final Deque<Long> failures = new ArrayDeque<>();

    /**
     * @param limit failures that are allowed in the window; the count stops at one more
     * @param window length of the window
     */
    FailureRateLimit(int limit, Duration window) {
        this.limit = limit;
        this.window = window.toNanos();
    }

    /**
     * Adds a failure.
     *
     * @param failure time of the failure, from a clock like {@link System#nanoTime}
     * @return failures in the window, this one included; at most limit + 1
     */
    synchronized int add(long failure) {
        failures.addLast(failure);
        while (failure - failures.getFirst() > window) {
            failures.removeFirst();
        }
        while (failures.size() > limit + 1) {
            failures.removeFirst();
        }
        return failures.size();
    }
}
