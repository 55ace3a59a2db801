package dev.ratchet.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitBudgetTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long TRANSACTION = 10 * SECOND;

    /** Close to where a long begins anew, as System.nanoTime may be. */
    private static final long START = Long.MAX_VALUE - 5 * SECOND;

    private final WaitBudget allowance = new WaitBudget(START);

    @Test
    void whoWaitsAsLongAsPossibleWaitsLessThanHalfATransactionsTime() {
        long now = START;
        long waited = 0;
        while (now - START < TRANSACTION) {
            long wait = allowance.left(now);
            now += wait;
            waited += wait;
            allowance.waitedUntil(now);
            now += SECOND / 100; // does something else
        }
        assertThat(waited).isBetween(WaitBudget.MOST_NANOS, TRANSACTION / 2);
    }

    @Test
    void anAnswerThatComesSoonCostsWhatItTook() {
        allowance.left(START);
        allowance.waitedUntil(START + SECOND);
        assertThat(allowance.left(START + SECOND)).isEqualTo(WaitBudget.MOST_NANOS - SECOND);
        assertThat(allowance.left(START + 100 * SECOND)).isEqualTo(WaitBudget.MOST_NANOS);
    }
}
