package dev.ratchet.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How often something may fail before it is given up. Thread-safe. */
final class RestartBudget {
    private final int most;
    private final Duration within;
    private final Deque<Instant> failures = new ArrayDeque<>();

    /** Up to so many failures within any such time are borne. */
    RestartBudget(int most, Duration within) {
        this.most = most;
        this.within = within;
    }

    /** Notes a failure. {@return whether it is still one of those that are borne} */
    synchronized boolean bears(Instant failure) {
        failures.addLast(failure);
        while (failures.getFirst().isBefore(failure.minus(within))) {
            failures.removeFirst();
        }
        return failures.size() <= most;
    }
}
