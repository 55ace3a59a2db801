package dev.ratchet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
    private static final Instant START = Instant.parse("2026-11-22T15:00:00Z");

    private final RestartBudget budget = new RestartBudget(3, Duration.ofMinutes(10));

    @Test
    void soManyFailuresAreBorneAndNotOneMore() {
        for (int failure = 0; failure < 3; failure++) {
            assertThat(budget.bears(START.plusSeconds(failure))).isTrue();
        }
        assertThat(budget.bears(START.plusSeconds(4))).isFalse();
    }

    @Test
    void failuresOfLongAgoDoNotCount() {
        for (int failure = 0; failure < 20; failure++) {
            assertThat(budget.bears(START.plus(Duration.ofMinutes(5L * failure))))
                    .isTrue();
        }
    }
}
