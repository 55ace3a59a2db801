package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureRateLimitTest {
    /** Close to overflow, which System.nanoTime may reach. */
    private static final long START = Long.MAX_VALUE - Duration.ofMinutes(7).toNanos();

    private final FailureRateLimit rateLimit = new FailureRateLimit(3, Duration.ofMinutes(10));

    @Test
    void countStopsOneAboveLimit() {
        for (int failure = 1; failure <= 4; failure++) {
            assertThat(rateLimit.add(START + failure)).isEqualTo(failure);
        }
        assertThat(rateLimit.add(START + 5)).isEqualTo(4);
    }

    @Test
    void oldFailuresDoNotCount() {
        for (int failure = 0; failure < 20; failure++) {
            assertThat(rateLimit.add(START + Duration.ofMinutes(5L * failure).toNanos()))
                    .isLessThanOrEqualTo(3);
        }
    }
}
