package dev.ratchet.stream.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.stream.state.Timers.TimerType;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Fifty partitions of one thread, with all timers due at the same time. */
class TimerBudgetTest {
    private static final int PARTITIONS = 50;
    private static final int ENTRIES = 1_000;
    private static final int WINDOW = 500;

    private long nanos;
    private final TimerBudget budget = new TimerBudget(() -> nanos);
    private final Map<Integer, Timers> partitions = new HashMap<>();
    private final Map<Integer, Integer> fired = new HashMap<>();

    @Test
    void partitionsAndTimerTypesShareThreadBudget() {
        fill();
        for (int window = 1; window <= 20; window++) {
            long before = nanos;
            tick(window, 1);
            // 200 ms, plus one timer of 1 ms by which each partition and timer type may exceed its share.
            assertThat(TimeUnit.NANOSECONDS.toMillis(nanos - before))
                    .isPositive()
                    .isLessThanOrEqualTo(300);
        }
    }

    @Test
    void busyPartitionsShareBudgetEvenly() {
        fill();
        tick(1, 1);
        fired.clear();
        for (int window = 2; window <= 10; window++) {
            tick(window, 1);
        }
        assertThat(fired).hasSize(PARTITIONS);
        assertThat(fired.values()).allSatisfy(count -> assertThat(count).isBetween(9 * 2 * 2, 9 * 2 * 3));
    }

    @Test
    void timersPerTickAreLimitedInNumber() {
        fill();
        for (int window = 1; window <= 3; window++) {
            int before = count();
            tick(window, 0);
            assertThat(count() - before).isBetween(9_000, 10_000 + 2 * PARTITIONS);
        }
    }

    @Test
    void clockSetBackDoesNotStopTimers() {
        fill();
        tick(100, 1);
        int before = count();
        tick(50, 1);
        assertThat(count() - before).isGreaterThan(100);
    }

    private int count() {
        return fired.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void tick(int window, int millis) {
        long now = 60_000 + (long) window * WINDOW;
        partitions.forEach((partition, timers) -> {
            for (TimerType lane : TimerType.values()) {
                timers.tick(lane, now, (entry, at) -> {
                    fired.merge(partition, 1, Integer::sum);
                    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
                    return true;
                });
            }
        });
    }

    private void fill() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            TimerStore store =
                    new TimerStore(Stores.inMemoryKeyValueStore("timers").get());
            store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
            Timers timers = new Timers(store, budget);
            for (int i = 0; i < ENTRIES; i++) {
                timers.set(TimerType.TASK, "task-" + i, 1_000 + i);
                timers.set(TimerType.AUDIT, "task-" + i, 1_000 + i);
            }
            partitions.put(partition, timers);
        }
    }
}
