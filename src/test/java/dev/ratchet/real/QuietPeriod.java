package dev.ratchet.real;

import java.time.Duration;
import java.util.Optional;

/** Measures how long a value has not changed. */
final class QuietPeriod<T> {
    private Optional<T> before = Optional.empty();
    private long since;

    /** Whether every call within the given duration passed the same value. */
    boolean lasts(Duration wanted, T now) {
        if (!before.equals(Optional.of(now))) {
            before = Optional.of(now);
            since = System.nanoTime();
        }
        return System.nanoTime() - since > wanted.toNanos();
    }
}
