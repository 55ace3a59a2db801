package dev.ratchet.repair;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between tries: anything from nothing to a bound that doubles with each try ("full jitter"), so that
 * those who failed together do not come back together.
 *
 * @param first the bound of the first wait, at least 1 ms
 * @param longest the bound that none exceeds
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
     * How long to wait now.
     *
     * @param tries how many there have been, from 1
     */
    public Duration delay(int tries) {
        int doublings = Math.min(tries - 1, Long.numberOfLeadingZeros(first.toMillis()) - 1); // no overflow
        long bound = Math.min(longest.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis(random.nextLong(bound + 1));
    }
}
