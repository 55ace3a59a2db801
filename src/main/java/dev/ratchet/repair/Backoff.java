package dev.ratchet.repair;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a random time between 0 and a bound that doubles with each try.
 *
 * @param first the bound of the first wait, at least 1 ms
 * @param longest upper limit of the bound
 */
public record Backoff(Duration first, Duration longest, RandomGenerator random) {
    public Backoff {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "Expected a first wait of at least 1 ms and no longer than the longest, but got " + first + " and "
                            + longest);
        }
    }

    /**
     * The pause after a failed try.
     *
     * @param tries failed tries so far, from 1
     */
    public Duration delay(int tries) {
        int doublings = Math.min(tries - 1, Long.numberOfLeadingZeros(first.toMillis()) - 1); // no overflow
        long bound = Math.min(longest.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis(random.nextLong(bound + 1));
    }
}
