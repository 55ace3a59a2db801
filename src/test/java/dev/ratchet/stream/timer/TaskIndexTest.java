package dev.ratchet.stream.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.RepairSettings.Mode;
import dev.ratchet.state.OpenAlertDetails;
import dev.ratchet.stream.EventLog;
import dev.ratchet.stream.OversizedTasks;
import dev.ratchet.stream.RecordForwarder;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.state.OpenAlert;
import dev.ratchet.stream.state.OpenAlerts;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.DeadlinePolicy;
import dev.ratchet.task.deadline.TimeLimits;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.AlertKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;

/** The number of tasks by status and the open alerts, after restarts, failures and upgrades. */
class TaskIndexTest {
    private static final Bytes SET_BY = Bytes.wrap(new byte[] {0, 1});
    private static final Bytes COUNTS = Bytes.wrap(new byte[] {0, 3});
    private static final long NEVER = TrackedTask.NEVER;
    private static final TimeLimits LIMITS =
            new TimeLimits(1_000_000, 1_000_000, 1_000_000, 1_000_000, 30, 30, 30, NEVER, NEVER);

    private final PartitionStores stores =
            new PartitionStores(new MockProcessorContext<Void, Void>().getStateStoreContext());
    private long now;

    @Test
    void countsFollowStatusAndForgottenTasks() {
        keep("a", TaskStatus.SCHEDULED);
        keep("b", TaskStatus.SCHEDULED);
        keep("a", TaskStatus.IN_PROGRESS);
        keep("a", TaskStatus.IN_PROGRESS);
        assertThat(counts()).isEqualTo(Map.of(TaskStatus.SCHEDULED, 1L, TaskStatus.IN_PROGRESS, 1L));
        keep("a", TaskStatus.COMPLETED);
        stores.tasks.forget(stored("b"));
        assertThat(counts()).isEqualTo(Map.of(TaskStatus.COMPLETED, 1L));
    }

    @Test
    void committedCountsSurviveRestart() {
        keep("a", TaskStatus.SCHEDULED);
        keep("b", TaskStatus.FAILED);
        stores.restart();
        assertThat(counts()).isEqualTo(Map.of(TaskStatus.SCHEDULED, 1L, TaskStatus.FAILED, 1L));
        assertThat(stores.tasks.index().isComplete()).isTrue();
    }

    @Test
    void uncommittedCountsAreLostWithTheirTransaction() {
        keep("a", TaskStatus.SCHEDULED);
        stores.restart();
        keep("a", TaskStatus.IN_PROGRESS);
        keep("b", TaskStatus.IN_PROGRESS);
        stores.reopen();
        assertThat(counts()).isEqualTo(Map.of(TaskStatus.SCHEDULED, 1L));
    }

    @Test
    void unchangedCountsWriteNothing() {
        keep("a", TaskStatus.SCHEDULED);
        stores.restart();
        stores.timerStore.put(COUNTS, null);
        keep("a", TaskStatus.SCHEDULED);
        stores.timerStore.flushCache();
        assertThat(stores.timerStore.get(COUNTS)).isNull();
    }

    @Test
    void stateOfReleasedVersionIsIndexedInPortions() {
        List<String> ids = idsInStoreOrder();
        ids.forEach(id -> keep(id, TaskStatus.IN_PROGRESS));
        lose("lost");
        becomeReleasedState();
        assertThat(counts()).isEmpty();
        DeadlineRescheduler walk = walk();
        walk.advance(now += 500);
        assertThat(stores.tasks.index().isComplete()).as("after one portion").isFalse();

        // Neither side of the walk counts a task twice or not at all.
        keep(ids.get(0), TaskStatus.FAILED);
        keep(ids.get(ids.size() - 1), TaskStatus.FAILED);
        keep("!before", TaskStatus.SCHEDULED);
        keep("\ud83d\ude00", TaskStatus.SCHEDULED); // after U+FFFF in the store, and before it as a string
        stores.tasks.forget(stored(ids.get(1)));
        stores.tasks.forget(stored(ids.get(ids.size() - 2)));
        finish(walk);

        assertThat(counts()).isEqualTo(truth()).containsEntry(TaskStatus.SCHEDULED, 2L);
        assertThat(stores.tasks.index().openAlerts(AlertKind.LOST_UPDATE)).isEqualTo(1);
        assertThat(open()).singleElement().satisfies(alert -> {
            assertThat(alert.message()).startsWith("Conductor overwrote the end of the task");
            assertThat(alert)
                    .isEqualTo(new OpenAlert(
                            AlertKind.LOST_UPDATE, "lost", "HTTP", "w1", "upload_item", alert.message(), 7));
        });
        stores.restart();
        assertThat(counts()).isEqualTo(truth());
        assertThat(stores.tasks.index().openAlerts(AlertKind.LOST_UPDATE)).isEqualTo(1);
    }

    @Test
    void interruptedUpgradeStartsAgain() {
        List<String> ids = idsInStoreOrder();
        ids.forEach(id -> keep(id, TaskStatus.IN_PROGRESS));
        lose("lost");
        becomeReleasedState();
        walk().advance(now += 500);
        keep(ids.get(0), TaskStatus.FAILED);
        stores.restart();
        assertThat(stores.tasks.index().isComplete()).isFalse();
        finish(walk());
        assertThat(counts()).isEqualTo(truth());
        assertThat(stores.tasks.index().openAlerts(AlertKind.LOST_UPDATE)).isEqualTo(1);
    }

    @Test
    void indexIsBuiltAnewAfterReleasedVersionHasRunInBetween() {
        keep("lost", TaskStatus.COMPLETED);
        finish(walk());
        stores.restart();
        byte[] ofThisVersion = stores.timerStore.get(SET_BY);
        byte[] counts = stores.timerStore.get(COUNTS);

        // The other version resolves an alert and adds a task. It knows no index, and finds limits that it did not set.
        keep("new", TaskStatus.SCHEDULED);
        stores.restart();
        stores.timerStore.put(COUNTS, counts);
        stores.timerStore.put(
                OpenAlerts.key(AlertKind.LOST_UPDATE, "lost"), new OpenAlertDetails(7, "", "", "", "").toBytes());
        stores.timerStore.put(SET_BY, (LIMITS + " " + Mode.APPLY).getBytes(StandardCharsets.UTF_8));
        stores.timerStore.flushCache();
        stores.reopen();
        assertThat(counts()).isEqualTo(Map.of(TaskStatus.COMPLETED, 1L));

        finish(walk());
        assertThat(counts()).isEqualTo(Map.of(TaskStatus.COMPLETED, 1L, TaskStatus.SCHEDULED, 1L));
        assertThat(open()).isEmpty();
        assertThat(stores.tasks.index().openAlerts(AlertKind.LOST_UPDATE)).isZero();
        assertThat(stores.timerStore.get(SET_BY)).isEqualTo(ofThisVersion);
    }

    @Test
    void unreadableCountsAreCountedAnew() {
        keep("a", TaskStatus.SCHEDULED);
        stores.restart();
        stores.timerStore.put(COUNTS, new byte[] {99});
        stores.timerStore.flushCache();
        stores.reopen();
        assertThat(stores.tasks.index().isComplete()).isFalse();
        finish(walk());
        assertThat(counts()).isEqualTo(Map.of(TaskStatus.SCHEDULED, 1L));
    }

    @Test
    void limitsThatChangeLeaveCountsAlone() {
        keep("a", TaskStatus.SCHEDULED);
        finish(walk());
        stores.restart();
        TimeLimits others = new TimeLimits(1_000, 1_000, 1_000_000, 1_000_000, 30, 30, 30, NEVER, NEVER);
        finish(new DeadlineRescheduler(stores.timerStore, stores.tasks, stores.budget, others, Mode.APPLY));
        assertThat(counts()).isEqualTo(Map.of(TaskStatus.SCHEDULED, 1L));
    }

    @Test
    void countsAndRequestsToPublishAgainDoNotReplaceEachOther() {
        keep("a", TaskStatus.SCHEDULED);
        keep("b", TaskStatus.FAILED);
        republication(new MockProcessorContext<>(config())).request("r1");
        stores.restart();
        assertThat(stores.tasks.index().isComplete()).isTrue();
        assertThat(counts()).isEqualTo(Map.of(TaskStatus.SCHEDULED, 1L, TaskStatus.FAILED, 1L));
        MockProcessorContext<String, Object> context = new MockProcessorContext<>(config());
        context.setCurrentSystemTimeMs(1_000);
        republication(context).advance(now += 500);
        assertThat(context.forwarded())
                .extracting(forwarded -> (Object) forwarded.record().key())
                .containsExactly("a", "b");
        stores.restart();
        assertThat(open()).isEmpty();
        assertThat(counts()).hasSize(2);
    }

    private static Properties config() {
        Properties config = new Properties();
        config.put("application.id", "index");
        config.put("bootstrap.servers", "localhost:9");
        config.put(OversizedTasks.CONFIG, new OversizedTasks());
        return config;
    }

    private Republication republication(MockProcessorContext<String, Object> context) {
        RecordForwarder forwarder = new RecordForwarder(
                context, false, new EventLog(), stores.tasks.index().alerts(), new ReadableEventCounters());
        return new Republication(0, stores.timerStore, stores.tasks, stores.budget, forwarder);
    }

    /** More than one portion of the budget. */
    private static List<String> idsInStoreOrder() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 1_050; i++) {
            ids.add("\uffff" + i);
        }
        ids.sort((one, other) ->
                Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));
        return ids;
    }

    private DeadlineRescheduler walk() {
        return new DeadlineRescheduler(stores.timerStore, stores.tasks, stores.budget, LIMITS, Mode.APPLY);
    }

    private void finish(DeadlineRescheduler walk) {
        for (int window = 0; window < 100; window++) {
            walk.advance(now += 500);
        }
    }

    private void becomeReleasedState() {
        stores.restart();
        stores.timerStore.put(COUNTS, null);
        stores.timerStore.put(SET_BY, (LIMITS + " " + Mode.APPLY).getBytes(StandardCharsets.UTF_8));
        stores.restart();
        stores.timerStore.put(COUNTS, null);
        stores.restart();
    }

    private TrackedTask stored(String id) {
        TrackedTask stored = stores.tasks.get(id);
        assertThat(stored).isNotNull();
        return stored;
    }

    private void keep(String id, TaskStatus status) {
        TrackedTask before = stores.tasks.get(id);
        long sequence =
                before == null ? 1 : before.task().lastReported().observation().sequence() + 1;
        TaskState after = before == null
                ? StatusReducer.reduceFirst(event(id, status, sequence)).state()
                : StatusReducer.reduce(before.task(), event(id, status, sequence))
                        .state();
        stores.tasks.keep(before, new DeadlinePolicy(LIMITS).startTracking(after, 7));
    }

    private void lose(String id) {
        keep(id, TaskStatus.COMPLETED);
        keep(id, TaskStatus.IN_PROGRESS);
    }

    private static StatusEvent event(String id, TaskStatus status, long sequence) {
        return new StatusEvent(
                new TaskIdentity(id, "w1", "upload", "HTTP", "upload_item"),
                status,
                0,
                sequence,
                sequence,
                EventSource.NATIVE,
                EpochEvidence.NONE);
    }

    /** {@return the counts that are not 0} */
    private Map<TaskStatus, Long> counts() {
        return Stream.of(TaskStatus.values())
                .filter(status -> stores.tasks.index().tasks(status) != 0)
                .collect(Collectors.toMap(status -> status, stores.tasks.index()::tasks));
    }

    private Map<TaskStatus, Long> truth() {
        return stores.tasks.after(null, Integer.MAX_VALUE / 1_000_000).stream()
                .collect(Collectors.groupingBy(
                        tracked -> tracked.task().current().status(), Collectors.counting()));
    }

    private List<OpenAlert> open() {
        List<OpenAlert> open = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = stores.timerStore.range(
                OpenAlerts.all().from(), OpenAlerts.all().to())) {
            all.forEachRemaining(entry -> open.add(OpenAlerts.decode(entry.key, entry.value)));
        }
        return open;
    }
}
