package dev.ratchet.stream.timer;

import dev.ratchet.state.StoreSerdes;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.state.TimerBudget;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.stream.state.Timers;
import dev.ratchet.stream.state.WriteBehindStore;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.Stores;

/** The stores of one partition in memory. Each look at the clock of their time budget takes 1 ms. */
final class PartitionStores {
    final TimerStore timerStore =
            new TimerStore(Stores.inMemoryKeyValueStore("timers").get());
    final TimerBudget budget = new TimerBudget(this::nanoTime);
    final Timers timers = new Timers(timerStore, budget);
    TaskStore tasks;
    final WriteBehindStore<String, TrackedTask> states = new WriteBehindStore<>(
            Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("states"), Serdes.String(), StoreSerdes.tracked())
                    .withLoggingDisabled()
                    .build(),
            100,
            TrackedTask::isLive);
    private long nanos;

    PartitionStores(StateStoreContext context) {
        timerStore.init(context, timerStore);
        states.init(context, states);
        tasks = new TaskStore(states, timers, timerStore);
    }

    /** Commits, and opens the partition again, as after a restart. */
    void restart() {
        states.flushCache();
        timerStore.flushCache();
        reopen();
    }

    /** Opens the partition again without a commit, as after a failure. */
    void reopen() {
        states.clearCache();
        timerStore.clearCache();
        tasks = new TaskStore(states, timers, timerStore);
    }

    private long nanoTime() {
        nanos += TimeUnit.MILLISECONDS.toNanos(1);
        return nanos;
    }
}
