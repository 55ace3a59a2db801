package dev.ratchet.repair.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    /** Always the upper bound. */
    private static final RandomGenerator MAX = new RandomGenerator() {
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
    void boundDoublesUpToMaximum() {
        IntervalFunction backoff = RepairWorker.backoff(FIRST, LONGEST, MAX);

        assertThat(IntStream.of(1, 2, 3, 4, 64, 100_000).mapToObj(backoff::apply))
                .containsExactly(500L, 1_000L, 2_000L, 3_000L, 3_000L, 3_000L);
    }

    @Test
    void pauseIsRandomBelowBound() {
        IntervalFunction backoff = RepairWorker.backoff(FIRST, LONGEST, new Random(7));

        assertThat(IntStream.range(0, 1_000).mapToObj(i -> backoff.apply(1)))
                .allMatch(pause -> pause >= 0 && pause <= 500)
                .anyMatch(pause -> pause < 50)
                .anyMatch(pause -> pause > 450);
    }
}
