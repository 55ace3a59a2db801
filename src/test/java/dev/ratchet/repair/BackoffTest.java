package dev.ratchet.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.Sleeper;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    /** Always the most there can be. */
    private static final RandomGenerator MOST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    @Test
    void theBoundDoublesUpToTheLongest() {
        Backoff backoff = new Backoff(FIRST, LONGEST, MOST);

        assertThat(IntStream.of(1, 2, 3, 4, 64, Integer.MAX_VALUE).mapToObj(backoff::delay))
                .extracting(Duration::toMillis)
                .containsExactly(500L, 1_000L, 2_000L, 3_000L, 3_000L, 3_000L);
    }

    @Test
    void whatIsDrawnLiesAnywhereBelowTheBound() {
        Backoff backoff = new Backoff(FIRST, LONGEST, new Random(7));

        assertThat(IntStream.range(0, 1_000).mapToObj(i -> backoff.delay(1)))
                .allMatch(wait -> !wait.isNegative() && wait.compareTo(FIRST) <= 0)
                .anyMatch(wait -> wait.toMillis() < 50)
                .anyMatch(wait -> wait.toMillis() > 450);
    }

    @Test
    void boundsThatAreNoneAreMistakes() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, LONGEST, MOST))
                .hasMessage(
                        "Expected a first wait of at least 1 ms and no longer than the longest, but got PT0S and PT3S");
        assertThatThrownBy(() -> new Backoff(LONGEST, FIRST, MOST)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anInterruptedSleeperSaysThatNothingCameOfIt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Sleeper.blocking().sleep(LONGEST)).isInstanceOf(ConductorUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
