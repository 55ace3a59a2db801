package dev.ratchet.stream.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.stream.state.Timers.Entry;
import dev.ratchet.stream.state.Timers.TimerType;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Timers in a store that survives restarts. */
class TimersTest {
    private final KeyValueStore<Bytes, byte[]> beneath =
            Stores.inMemoryKeyValueStore("timers").get();
    private final TimerStore store = new TimerStore(beneath);
    private final TimerBudget budget = new TimerBudget(System::nanoTime);
    private final Timers timers = new Timers(store, budget);
    private final List<String> fired = new ArrayList<>();

    @BeforeEach
    void open() {
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    }

    @Test
    void overdueTimerIsFoundAfterRestart() {
        timers.set(TimerType.TASK, "overdue", 1_000);
        Timers restarted = new Timers(store, budget);
        restarted.set(TimerType.TASK, "later", 60_000);
        restarted.tick(TimerType.TASK, 2_000, this::run);
        assertThat(fired).containsExactly("overdue");
    }

    @Test
    void timerFiresOnceAndNotEarly() {
        timers.set(TimerType.TASK, "a", 5_100);
        timers.set(TimerType.TASK, "b", 5_900);
        timers.set(TimerType.TASK, "never", TrackedTask.NEVER);
        timers.tick(TimerType.TASK, 5_099, this::run);
        assertThat(fired).isEmpty();
        timers.tick(TimerType.TASK, 5_100, this::run);
        assertThat(fired).containsExactly("a");
        timers.tick(TimerType.TASK, 5_899, this::run);
        assertThat(fired).containsExactly("a");
        timers.tick(TimerType.TASK, 9_000, this::run);
        timers.tick(TimerType.TASK, 9_000, this::run);
        assertThat(fired).containsExactly("a", "b");
        assertThat(buckets()).isZero();
    }

    @Test
    void timersOfOneSecondShareOneRecord() {
        for (int i = 0; i < 150; i++) {
            timers.set(TimerType.TASK, "task-" + i, 7_000 + i);
            timers.set(TimerType.AUDIT, "task-" + i, 7_000 + i);
        }
        assertThat(buckets()).isEqualTo(2);
        timers.set(TimerType.TASK, "next", 8_000);
        assertThat(buckets()).isEqualTo(3);
        timers.tick(TimerType.TASK, 10_000, this::run);
        assertThat(fired).hasSize(151).doesNotHaveDuplicates().endsWith("next");
        assertThat(buckets()).isEqualTo(1);
    }

    @Test
    void postponedTimerKeepsOrder() {
        for (String task : List.of("a", "wait", "c")) {
            timers.set(TimerType.AUDIT, task, 1_000);
        }
        timers.set(TimerType.AUDIT, "d", 2_000);
        timers.tick(TimerType.AUDIT, 3_000, (entry, now) -> !entry.taskId().equals("wait") && run(entry, now));
        assertThat(fired).containsExactly("a");
        timers.tick(TimerType.AUDIT, 3_000, this::run);
        assertThat(fired).containsExactly("a", "wait", "c", "d");
    }

    @Test
    void pastTimerSetDuringTickFires() {
        timers.set(TimerType.TASK, "a", 10_000);
        timers.tick(TimerType.TASK, 11_000, (entry, now) -> {
            timers.set(TimerType.TASK, "b", 4_000);
            return run(entry, now);
        });
        timers.tick(TimerType.TASK, 11_000, this::run);
        assertThat(fired).containsExactly("a", "b");
    }

    @Test
    void tickIsBoundedAndNextTickContinues() {
        for (int i = 0; i < 25_000; i++) {
            timers.set(TimerType.TASK, "task-" + i, 1_000 + i / 100);
        }
        timers.tick(TimerType.TASK, 60_000, this::run);
        assertThat(fired).hasSizeBetween(1, 10_000);
        for (int ticks = 1; ticks < 1_000 && fired.size() < 25_000; ticks++) {
            timers.tick(TimerType.TASK, 60_000 + 500L * ticks, this::run);
        }
        assertThat(fired).hasSize(25_000).doesNotHaveDuplicates();
        assertThat(buckets()).isZero();
    }

    @Test
    void walkVisitsEachTimerOnceAndContinues() {
        for (int i = 0; i < 300; i++) {
            timers.set(TimerType.TASK, "task-" + i, 1_000 + i);
            timers.set(TimerType.TASK, "later-" + i, 86_400_000L * i);
            timers.set(TimerType.AUDIT, "audit-" + i, 1_000);
        }
        List<Entry> seen = new ArrayList<>();
        Optional<Bytes> after = Optional.empty();
        int walks = 0;
        do {
            after = timers.walk(TimerType.TASK, after, entries -> {
                seen.addAll(entries);
                return false;
            });
            walks++;
        } while (after.isPresent());
        assertThat(walks).isGreaterThan(300);
        assertThat(seen).hasSize(600).doesNotHaveDuplicates();
        assertThat(seen).isSortedAccordingTo(Comparator.comparing(entry -> TimerStore.second(entry.due())));
    }

    private boolean run(Entry entry, long now) {
        assertThat(entry.due()).isLessThanOrEqualTo(now);
        return fired.add(entry.taskId());
    }

    private int buckets() {
        store.flushCache();
        int count = 0;
        try (KeyValueIterator<Bytes, byte[]> all = beneath.all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }
}
