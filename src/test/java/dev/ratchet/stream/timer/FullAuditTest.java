package dev.ratchet.stream.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.GoldenBytes;
import dev.ratchet.state.TaskWalkProgress;
import dev.ratchet.stream.EventLog;
import dev.ratchet.stream.OversizedTasks;
import dev.ratchet.stream.RecordForwarder;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partition with many tasks, and processes that come and go in the middle of an audit. */
class FullAuditTest {
    private static final int TASKS = 450;

    private final MockProcessorContext<String, Object> context = new MockProcessorContext<>(config());
    private final PartitionStores stores = new PartitionStores(context.getStateStoreContext());
    private final TaskStore tasks = stores.tasks;
    private final List<String> asked = new ArrayList<>();
    private long now = 1_000_000;

    @BeforeEach
    void keepTasks() {
        for (int i = 0; i < TASKS; i++) {
            tasks.keep(null, task("task-" + i));
        }
    }

    @Test
    void nextPartitionOwnerContinuesAudit() {
        FullAudit first = audit();
        first.request("r1", false);
        tick(first, 5);
        int before = asked.size();
        assertThat(before).isBetween(100, TASKS - 100);

        FullAudit second = audit();
        second.request("r1", false);
        tick(second, 5);
        tick(audit(), 100);

        assertThat(asked).hasSize(TASKS).doesNotHaveDuplicates();
        FullAudit last = audit();
        last.request("r1", false);
        tick(last, 10);
        assertThat(asked).hasSize(TASKS);
        last.request("r2", false);
        tick(last, 100);
        assertThat(asked).hasSize(2 * TASKS);
    }

    @Test
    void addedAndForgottenTasksDoNotStopAudit() {
        FullAudit audit = audit();
        audit.request("r1", false);
        tick(audit, 2);
        for (int i = 0; i < TASKS; i++) {
            tasks.forget(task("task-" + i));
        }
        tasks.keep(null, task("z"));
        int before = asked.size();
        tick(audit, 10);
        assertThat(asked.subList(before, asked.size())).containsExactly("z");
    }

    @Test
    void unreadableProgressEndsAuditAndNextRequestRuns() {
        byte[] later = TaskWalkProgress.begin("r1", false).toBytes();
        later[0] = 99; // a format that does not exist yet
        stores.timerStore.put(Bytes.wrap(new byte[] {0, 2}), later);

        FullAudit audit = audit();
        tick(audit, 10);
        assertThat(asked).isEmpty();
        audit.request("r2", false);
        tick(audit, 100);
        assertThat(asked).hasSize(TASKS);
    }

    @Test
    void progressBytesMatchGoldenFile() {
        TaskWalkProgress running = TaskWalkProgress.begin("f9caf8e8-cf5e-4ab1-9ee5-9a3c06215266", true)
                .after("t1", true)
                .after("t2", false);
        Map<String, byte[]> written = new LinkedHashMap<>();
        written.put("begun", TaskWalkProgress.begin("r1", false).toBytes());
        written.put("running", running.toBytes());
        written.put("ended", running.end().toBytes());
        GoldenBytes.keep("full-audit", 1, written);
        assertThat(GoldenBytes.of("full-audit", 1)).usingRecursiveComparison().isEqualTo(written);
        assertThat(TaskWalkProgress.of(GoldenBytes.of("full-audit", 1).get("running")))
                .isEqualTo(running)
                .returns(1L, TaskWalkProgress::issued);
    }

    private FullAudit audit() {
        AuditBudget rate = new AuditBudget(100, 1, new ReadableEventCounters());
        RecordForwarder forwarder = new RecordForwarder(
                context, false, new EventLog(), tasks.index().alerts(), new ReadableEventCounters());
        return new FullAudit(0, stores.timerStore, tasks, stores.budget, Optional.of(rate), forwarder);
    }

    private void tick(FullAudit audit, int ticks) {
        for (int i = 0; i < ticks; i++) {
            now += 500;
            context.setCurrentSystemTimeMs(now);
            audit.advance(now, () -> {});
            context.forwarded()
                    .forEach(forwarded -> asked.add((String) forwarded.record().key()));
            context.resetForwards();
        }
    }

    private static TrackedTask task(String id) {
        StatusEvent started = new StatusEvent(
                new TaskIdentity(id, "w1", "upload", "HTTP", "upload_item"),
                TaskStatus.IN_PROGRESS,
                0,
                1,
                1,
                EventSource.NATIVE,
                EpochEvidence.NONE);
        return new TrackedTask(
                StatusReducer.reduceFirst(started).state(),
                0,
                TrackedTask.NEVER,
                TrackedTask.NEVER,
                TrackedTask.NEVER,
                TrackedTask.NEVER);
    }

    private static Properties config() {
        Properties config = new Properties();
        config.put("application.id", "audit");
        config.put("bootstrap.servers", "localhost:9");
        config.put(OversizedTasks.CONFIG, new OversizedTasks());
        return config;
    }
}
