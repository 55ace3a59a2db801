package dev.ratchet.stream.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How often something may fail before it is given up. Thread-safe. */
final class FailureRateLimit {
    private final int most;
    private final long within;
    private final Deque<Long> failures = new ArrayDeque<>();

    /** Up to so many failures within any such time are borne; more are not counted. */
    FailureRateLimit(int most, Duration within) {
        this.most = most;
        this.within = within.toNanos();
    }

    /**
     * Notes a failure.
     *
     * @param failure when it was, of a clock like {@link System#nanoTime}
     * @return how many there were within that time, this one included; one more than are borne if too many
     */
    synchronized int note(long failure) {
        failures.addLast(failure);
        while (failure - failures.getFirst() > within) {
            failures.removeFirst();
        }
        while (failures.size() > most + 1) {
            failures.removeFirst();
        }
        return failures.size();
    }
}
