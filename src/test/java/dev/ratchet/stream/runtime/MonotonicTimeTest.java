package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MonotonicTimeTest {
    private static final long HOUR = 3_600_000;

    private long wall = 1_000_000_000;
    private long nanos = Long.MAX_VALUE - 5; // arbitrary origin, and it overflows
    private final MonotonicTime time = new MonotonicTime(() -> wall, () -> nanos);

    @Test
    void timeFollowsWallClock() {
        pass(5);
        assertThat(time.milliseconds()).isEqualTo(1_000_000_005);
        wall += HOUR;
        assertThat(time.milliseconds()).as("set forward").isEqualTo(1_000_000_005 + HOUR);
    }

    @Test
    void timeRunsAtHalfSpeedUntilWallClockSetBackCatchesUp() {
        wall -= HOUR;
        assertThat(time.milliseconds()).isEqualTo(1_000_000_000);
        pass(100);
        assertThat(time.milliseconds()).isEqualTo(1_000_000_050);
        pass(2 * HOUR - 100);
        assertThat(time.milliseconds()).isEqualTo(1_000_000_000 + HOUR);
        pass(7);
        assertThat(time.milliseconds()).isEqualTo(1_000_000_007 + HOUR);
    }

    /** Kafka Streams reads the time several times per millisecond. */
    @Test
    void frequentReadsDoNotStopTime() {
        wall -= HOUR;
        for (int i = 0; i < 1_000; i++) {
            nanos += 300_000;
            time.milliseconds();
        }
        assertThat(time.milliseconds()).isEqualTo(1_000_000_150);
    }

    private void pass(long ms) {
        wall += ms;
        nanos += ms * 1_000_000;
    }
}
