package dev.ratchet.real;

import java.time.Duration;
import java.util.Optional;

/** How long something has been the same. */
final class QuietPeriod<T> {
    private Optional<T> before = Optional.empty();
    private long since;

    /** Whether it has been what it is now for as long as that, whenever it was asked. */
    boolean lasts(Duration wanted, T now) {
        if (!before.equals(Optional.of(now))) {
            before = Optional.of(now);
            since = System.nanoTime();
        }
        return System.nanoTime() - since > wanted.toNanos();
    }
}
