package dev.ratchet.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.registry.BoundedSchemaRegistry.WaitBudget;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitBudgetTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long TRANSACTION = 10 * SECOND;

    /** Close to where a long begins anew, as System.nanoTime may be. */
    private static final long START = Long.MAX_VALUE - 5 * SECOND;

    private final WaitBudget budget = new WaitBudget(START);

    @Test
    void waitsUseAtMostHalfOfTransactionTimeout() {
        long now = START;
        long waited = 0;
        while (now - START < TRANSACTION) {
            long wait = budget.remaining(now);
            now += wait;
            waited += wait;
            budget.spendUntil(now);
            now += SECOND / 100; // does something else
        }
        assertThat(waited).isBetween(WaitBudget.MAX_NANOS, TRANSACTION / 2);
    }

    @Test
    void quickAnswerUsesOnlyItsDuration() {
        budget.remaining(START);
        budget.spendUntil(START + SECOND);
        assertThat(budget.remaining(START + SECOND)).isEqualTo(WaitBudget.MAX_NANOS - SECOND);
        assertThat(budget.remaining(START + 100 * SECOND)).isEqualTo(WaitBudget.MAX_NANOS);
    }
}
