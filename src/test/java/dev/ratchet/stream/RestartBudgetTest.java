package dev.ratchet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
    private static final Instant START = Instant.parse("2026-11-22T15:00:00Z");

    private final RestartBudget budget = new RestartBudget(3, Duration.ofMinutes(10));

    @Test
    void failuresAreCountedUpToOneMoreThanAreBorne() {
        for (int failure = 1; failure <= 4; failure++) {
            assertThat(budget.note(START.plusSeconds(failure))).isEqualTo(failure);
        }
        assertThat(budget.note(START.plusSeconds(5))).isEqualTo(4);
    }

    @Test
    void failuresOfLongAgoDoNotCount() {
        for (int failure = 0; failure < 20; failure++) {
            assertThat(budget.note(START.plus(Duration.ofMinutes(5L * failure))))
                    .isLessThanOrEqualTo(3);
        }
    }
}
