package dev.ratchet.stream.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.state.StoreSerdes;
import dev.ratchet.stream.OversizedTasks;
import dev.ratchet.stream.RecordForwarder;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.state.TimerBudget;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.stream.state.Timers;
import dev.ratchet.stream.state.WriteBehindStore;
import dev.ratchet.stream.topology.ProcessorDependencies;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.DeadlinePolicy;
import dev.ratchet.task.deadline.TimeLimits;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.TaskStatusAlert;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions that move between threads and processes while the source is silent. */
class SourceSilenceDetectorTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final DeadlinePolicy WATCH = new DeadlinePolicy(
            new TimeLimits(1_000, 1_000_000, 500, 1_000_000_000, 30, 30, 30, TrackedTask.NEVER, TrackedTask.NEVER));

    private final MockProcessorContext<String, Object> context = new MockProcessorContext<>(config());
    private long now;

    /** What the source's topics hold, in all, and the time of a clock that does not jump. */
    private long total = 7;

    private long nanos;

    @Test
    void nextThreadOfProcessResolvesAndAlertsAgain() {
        Instance process = new Instance();
        Store store = new Store();
        store.begin("live");
        SourceSilenceDetector first = process.owns(0, store);
        silentFor(LIMIT, process);
        look(first);
        thenAlerts("OPENED");
        SourceSilenceDetector next = process.owns(0, store);
        look(next);
        thenAlerts();
        total++;
        silentFor(Duration.ZERO, process);
        look(next);
        thenAlerts("RESOLVED");
        silentFor(LIMIT, process);
        look(next);
        look(next);
        thenAlerts("OPENED");
    }

    @Test
    void anotherProcessResolvesStoredSilenceAndAlertsNext() {
        Instance one = new Instance();
        Store store = store("live");
        SourceSilenceDetector first = one.owns(0, store);
        silentFor(LIMIT, one);
        look(first);
        thenAlerts("OPENED");
        Instance other = new Instance();
        SourceSilenceDetector next = other.owns(0, store);
        silentFor(Duration.ZERO, other);
        assertThat(next.isSourceSilent())
                .as("it has just started, but reads the silence from its store")
                .isTrue();
        silentFor(LIMIT, other);
        look(next);
        thenAlerts();
        total++;
        silentFor(Duration.ZERO, other);
        assertThat(next.isSourceSilent()).isFalse();
        look(next);
        thenAlerts("RESOLVED");
        silentFor(LIMIT, other);
        look(next);
        thenAlerts("OPENED");
    }

    @Test
    void alertOfEarlierVersionIsResolvedOnAnyPartition() {
        Instance process = new Instance();
        Store store = store("live");
        store.timerStore.put(
                Bytes.wrap(new byte[] {0}),
                ByteBuffer.allocate(8).putLong(1_700_000_000_000L).array());
        SourceSilenceDetector silence = process.owns(3, store);
        silentFor(LIMIT, process);
        look(silence);
        thenAlerts("RESOLVED");
        look(process.owns(3, store));
        thenAlerts();
    }

    @Test
    void recordsWrittenDuringDowntimeResolveSilence() {
        Instance before = new Instance();
        Store store = new Store();
        store.begin("live");
        SourceSilenceDetector silence = before.owns(0, store);
        silentFor(LIMIT, before);
        look(silence);
        total++;
        Instance after = new Instance();
        SourceSilenceDetector again = after.owns(0, store);
        look(again); // nothing is known yet
        thenAlerts("OPENED");
        silentFor(Duration.ZERO, after);
        look(again);
        thenAlerts("RESOLVED");
    }

    @Test
    void partition0AlertsForWholeProcess() {
        Instance process = new Instance();
        SourceSilenceDetector alerting = process.owns(0, new Store());
        SourceSilenceDetector other = process.owns(1, store("live"));
        silentFor(LIMIT, process);
        look(alerting);
        thenAlerts();
        look(other, alerting, other);
        thenAlerts("OPENED");
        assertThat(other.isSourceSilent()).isTrue();
        total++;
        silentFor(LIMIT, process);
        silentFor(LIMIT, process);
        look(other, alerting);
        thenAlerts("RESOLVED");
        look(other, alerting);
        thenAlerts("OPENED");
    }

    /** No other process may have a live task: then nobody would tell. */
    @Test
    void processWithoutPartition0ReportsOneStuckTaskPerSilence() {
        Instance process = new Instance();
        SourceSilenceDetector one = process.owns(1, store("a"));
        SourceSilenceDetector two = process.owns(2, store("b"));
        silentFor(LIMIT, process);
        look(one, two);
        thenAlerts();
        assertThat(two.isSourceSilent()).isFalse();
        assertThat(two.isSourceSilent()).isTrue();
        assertThat(one.isSourceSilent()).isTrue();
        assertThat(process.owns(2, store("b")).isSourceSilent()).as("aborted").isFalse();
        total++;
        silentFor(Duration.ZERO, process);
        assertThat(one.isSourceSilent()).isFalse();
        silentFor(LIMIT, process);
        assertThat(one.isSourceSilent()).isFalse();
        assertThat(two.isSourceSilent()).isTrue();
    }

    /** What the store held is gone with the transaction, and so is the alert. */
    @Test
    void alertOfAbortedTransactionIsRepeated() {
        Instance process = new Instance();
        silentFor(LIMIT, process);
        look(process.owns(0, store("live")));
        thenAlerts("OPENED");
        look(process.owns(0, store("live")));
        thenAlerts("OPENED");
    }

    @Test
    void silenceAlertsOnlyWithLiveTask() {
        Instance process = new Instance();
        Store store = new Store();
        store.end("ended");
        SourceSilenceDetector silence = process.owns(0, store);
        silentFor(LIMIT, process);
        look(silence, silence);
        thenAlerts();
        store.begin("live");
        look(silence);
        thenAlerts("OPENED");
    }

    @Test
    void timeWithoutBrokerAnswersDoesNotCount() {
        Instance process = new Instance();
        SourceSilenceDetector silence = process.owns(0, store("live"));
        silentFor(Duration.ofMinutes(4), process);
        nanos += LIMIT.toNanos();
        process.shared.activity().skip(nanos);
        silentFor(Duration.ofSeconds(59), process);
        look(silence);
        thenAlerts();
        silentFor(Duration.ofSeconds(1), process);
        look(silence);
        thenAlerts("OPENED");
    }

    @Test
    void searchForLiveTaskStaysWithinTickBudget() {
        Instance process = new Instance();
        Store store = new Store();
        for (int i = 0; i < 2_000; i++) {
            store.end("ended-" + i);
        }
        SourceSilenceDetector silence = process.owns(0, store);
        silentFor(LIMIT, process);
        int ticks = 0;
        while (!store.searchIsOver(() -> look(silence))) {
            ticks++;
            assertThat(ticks).isLessThan(1_000);
        }
        assertThat(ticks).as("200 ms each, a task takes one").isBetween(5, 20);
        store.begin("live"); // due last
        for (int i = 0; i < 20; i++) {
            look(silence);
        }
        thenAlerts("OPENED");
    }

    @BeforeEach
    void startClock() {
        context.setCurrentSystemTimeMs(1_000);
    }

    private static Properties config() {
        Properties config = new Properties();
        config.put("application.id", "silence");
        config.put("bootstrap.servers", "localhost:9");
        config.put(OversizedTasks.CONFIG, new OversizedTasks());
        return config;
    }

    private void silentFor(Duration time, Instance process) {
        process.shared.activity().observe(total, true, nanos);
        nanos += time.toNanos();
        process.shared.activity().observe(total, true, nanos);
    }

    private void look(SourceSilenceDetector... all) {
        now += 500;
        for (SourceSilenceDetector silence : all) {
            silence.check(now);
        }
    }

    private void thenAlerts(String... states) {
        List<String> actual = context.forwarded().stream()
                .map(forward ->
                        ((TaskStatusAlert) forward.record().value()).getState().name())
                .toList();
        context.resetForwards();
        assertThat(actual).containsExactly(states);
    }

    private Store store(String liveTask) {
        Store store = new Store();
        store.begin(liveTask);
        return store;
    }

    private final class Instance {
        final ProcessorDependencies shared = new ProcessorDependencies(new ReadableEventCounters());

        SourceSilenceDetector owns(int partition, Store store) {
            shared.catchUp().assigned(partition);
            return new SourceSilenceDetector(
                    shared.activity(),
                    shared.catchUp(),
                    LIMIT,
                    "ratchet",
                    partition,
                    store.timerStore,
                    new LiveTaskSearch(store.timers, store.tasks, store.budget),
                    new RecordForwarder(
                            context, true, shared.log(), store.tasks.index().alerts()),
                    store.tasks.index().alerts(),
                    0);
        }
    }

    /** Of one partition; outlives its owners. A task takes 1 ms of the budget. */
    private static final class Store {
        final TimerStore timerStore;
        final TimerBudget budget = new TimerBudget(this::tick);
        final Timers timers;
        final TaskStore tasks;
        private long nanos;

        Store() {
            KeyValueStore<Bytes, byte[]> beneath =
                    Stores.inMemoryKeyValueStore("timers").get();
            timerStore = new TimerStore(beneath);
            WriteBehindStore<String, TrackedTask> states = new WriteBehindStore<>(
                    Stores.keyValueStoreBuilder(
                                    Stores.inMemoryKeyValueStore("states"), Serdes.String(), StoreSerdes.tracked())
                            .withLoggingDisabled()
                            .build(),
                    100,
                    TrackedTask::isLive);
            var context = new MockProcessorContext<Void, Void>().getStateStoreContext();
            timerStore.init(context, timerStore);
            states.init(context, states);
            timers = new Timers(timerStore, budget);
            tasks = new TaskStore(states, timers, timerStore);
        }

        private long tick() {
            return nanos += TimeUnit.MILLISECONDS.toNanos(1);
        }

        /** Its timer is the later one. */
        void begin(String task) {
            keep(task, TaskStatus.IN_PROGRESS);
        }

        void end(String task) {
            keep(task, TaskStatus.COMPLETED);
        }

        private void keep(String task, TaskStatus status) {
            StatusEvent event = new StatusEvent(
                    new TaskIdentity(task, "w1", "upload", "HTTP", "upload_item"),
                    status,
                    0,
                    1,
                    1,
                    EventSource.NATIVE,
                    EpochEvidence.NONE);
            tasks.keep(
                    null, WATCH.startTracking(StatusReducer.reduceFirst(event).state(), 0));
        }

        /** {@return whether what is done asks for no more of the budget than to look at the clock} */
        boolean searchIsOver(Runnable look) {
            long before = nanos;
            look.run();
            return nanos == before;
        }
    }
}
