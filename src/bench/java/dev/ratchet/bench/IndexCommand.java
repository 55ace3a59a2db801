package dev.ratchet.bench;

import dev.ratchet.config.RepairSettings.Mode;
import dev.ratchet.state.StoreSerdes;
import dev.ratchet.stream.state.BoundedMemoryRocksDBConfig;
import dev.ratchet.stream.state.OpenAlerts;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.state.TimerBudget;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.stream.state.Timers;
import dev.ratchet.stream.state.WriteBehindStore;
import dev.ratchet.stream.timer.DeadlineRescheduler;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.RepairProgress;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.DeadlinePolicy;
import dev.ratchet.task.deadline.TimeLimits;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.AlertKind;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the index of tasks costs where it is not kept per event: when a partition is assigned, upgraded, or listed. */
@Command(
        name = "index",
        mixinStandardHelpOptions = true,
        description =
                "One partition in RocksDB, with many tasks and open alerts: how long it takes to index the state of a"
                        + " version without the index, to count at assignment, and to read the open alerts for a page.")
final class IndexCommand implements Callable<Integer> {
    private static final int COMMIT = 10_000;
    private static final int ROUNDS = 5;
    private static final long WINDOW_MS = 500;
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final TimeLimits LIMITS = new TimeLimits(
            DAY_MS, DAY_MS, DAY_MS, DAY_MS, DAY_MS, DAY_MS, DAY_MS, TrackedTask.NEVER, TrackedTask.NEVER);

    @Option(
            names = "--tasks",
            converter = AtLeastOne.class,
            defaultValue = "1000000",
            description = "How many there are (${DEFAULT-VALUE}).")
    private int tasks;

    @Option(
            names = "--alerts",
            converter = AtLeastOne.class,
            defaultValue = "100000",
            description = "How many of them have an open alert (${DEFAULT-VALUE}).")
    private int alerts;

    @Spec
    private CommandSpec command = CommandSpec.create();

    private TimerStore timerStore =
            new TimerStore(Stores.persistentKeyValueStore("timers").get());
    private WriteBehindStore<String, TrackedTask> states = new WriteBehindStore<>(
            Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore("task-states"), Serdes.String(), StoreSerdes.tracked())
                    .withLoggingDisabled()
                    .build(),
            COMMIT,
            TrackedTask::isLive);

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("ratchet-index");
        Properties config = new Properties();
        config.put("application.id", "index");
        config.put("bootstrap.servers", "none");
        config.put("rocksdb.config.setter", BoundedMemoryRocksDBConfig.class.getName());
        config.put(BoundedMemoryRocksDBConfig.BYTES, 256L << 20);
        StateStoreContext context =
                new MockProcessorContext<Void, Void>(config, new TaskId(0, 0), folder.toFile()).getStateStoreContext();
        timerStore.init(context, timerStore);
        states.init(context, states);
        try {
            fill();
            measure(command.commandLine().getOut());
        } finally {
            states.close();
            timerStore.close();
            Utils.delete(folder.toFile());
        }
        return 0;
    }

    /** As a version without the index leaves it. */
    private void fill() {
        DeadlinePolicy policy = new DeadlinePolicy(LIMITS);
        for (int i = 0; i < tasks; i++) {
            TaskIdentity task = new TaskIdentity(
                    "%08x-5d12-4f6b-9a54-3f1f6c2f7a10".formatted(Integer.reverse(i)),
                    "%08x-77aa-4b52-8a11-9f0c8d6b1e02".formatted(i / 10),
                    "order_fulfilment",
                    "SIMPLE",
                    "charge_card");
            TaskState state = StatusReducer.reduceFirst(
                            new StatusEvent(task, TaskStatus.SCHEDULED, 0, i, i, EventSource.CDC, EpochEvidence.NONE))
                    .state();
            boolean isStuck = (long) i * alerts / tasks < (long) (i + 1) * alerts / tasks;
            states.put(task.taskId(), policy.startTracking(isStuck ? RepairProgress.markStuck(state) : state, DAY_MS));
            if (i % COMMIT == 0) {
                states.flushCache();
            }
        }
        states.flushCache();
    }

    private void measure(PrintWriter out) {
        TaskStore store = open();
        DeadlineRescheduler walk =
                new DeadlineRescheduler(timerStore, store, new TimerBudget(System::nanoTime), LIMITS, Mode.APPLY);
        long now = DAY_MS;
        int windows = 0;
        long longest = 0;
        long begun = System.nanoTime();
        while (!store.index().isComplete()) {
            long at = System.nanoTime();
            walk.advance(now += WINDOW_MS);
            commit();
            longest = Math.max(longest, System.nanoTime() - at);
            windows++;
        }
        out.printf(
                "index %,d tasks: %.2f s in %d half seconds, the longest %d ms; open alerts: %,d%n",
                tasks,
                (System.nanoTime() - begun) / 1e9,
                windows,
                longest / 1_000_000,
                store.index().openAlerts(AlertKind.STUCK));
        for (int round = 0; round < ROUNDS; round++) {
            begun = System.nanoTime();
            store = open();
            long opened = System.nanoTime();
            long read = readAlerts();
            out.printf(
                    "assign: %d ms; read %,d open alerts: %d ms%n",
                    (opened - begun) / 1_000_000, read, (System.nanoTime() - opened) / 1_000_000);
        }
        out.flush();
    }

    private TaskStore open() {
        TimerBudget budget = new TimerBudget(System::nanoTime);
        return new TaskStore(states, new Timers(timerStore, budget), timerStore);
    }

    private void commit() {
        states.flushCache();
        timerStore.flushCache();
    }

    private long readAlerts() {
        long read = 0;
        OpenAlerts.KeyRange all = OpenAlerts.all();
        try (KeyValueIterator<Bytes, byte[]> entries = timerStore.range(all.from(), all.to())) {
            while (entries.hasNext()) {
                var next = entries.next();
                read += OpenAlerts.decode(next.key, next.value).openedAt() >= 0 ? 1 : 0;
            }
        }
        return read;
    }
}
