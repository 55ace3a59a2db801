package dev.ratchet.stream.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How often something may fail before it is given up. Thread-safe. */
final class FailureRateLimit {
    private final int limit;
    private final long window;
    private final Deque<Long> failures = new ArrayDeque<>();

    /** Up to so many failures within any such time are borne; more are not counted. */
    FailureRateLimit(int limit, Duration window) {
        this.limit = limit;
        this.window = window.toNanos();
    }

    /**
     * Notes a failure.
     *
     * @param failure when it was, of a clock like {@link System#nanoTime}
     * @return how many there were within that time, this one included; one more than are borne if too many
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
