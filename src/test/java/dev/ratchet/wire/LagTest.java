package dev.ratchet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LagTest {
    private static final long SECOND = 1_000_000_000;

    /** Close to where a long begins anew, as System.nanoTime may be. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5 * SECOND);

    private final Lag lag = new Lag(now::get);

    @Test
    void oneWaitInTenSeconds() {
        assertThat(lag.mayBe()).isTrue();
        now.addAndGet(9 * SECOND);
        assertThat(lag.mayBe()).isFalse();
        now.addAndGet(SECOND);
        assertThat(lag.mayBe()).isTrue();
        assertThat(lag.mayBe()).isFalse();
    }
}
