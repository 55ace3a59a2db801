package dev.ratchet.stream.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.RepairSettings.Mode;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.state.Timers.TimerType;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.DeadlinePolicy;
import dev.ratchet.task.deadline.TimeLimits;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partition with quiet tasks that starts again with other limits. */
class DeadlineReschedulerTest {
    private static final int TASKS = 1_050;
    private static final long NEVER = TrackedTask.NEVER;
    private static final TimeLimits LONG =
            new TimeLimits(1_000_000, 1_000_000, 1_000_000, 1_000_000, 30, 30, 30, NEVER, NEVER);
    private static final TimeLimits SHORT =
            new TimeLimits(1_000, 1_000, 1_000_000, 1_000_000, 30, 30, 30, NEVER, NEVER);

    private final PartitionStores stores =
            new PartitionStores(new MockProcessorContext<Void, Void>().getStateStoreContext());
    private final TaskStore tasks = stores.tasks;
    private final List<String> due = new ArrayList<>();

    @BeforeEach
    void keepTasks() {
        sweep(LONG, Mode.APPLY).advance(0);
        DeadlinePolicy watch = new DeadlinePolicy(LONG);
        for (int i = 0; i < TASKS; i++) {
            tasks.keep(
                    null,
                    watch.startTracking(
                            StatusReducer.reduceFirst(started("task-" + i)).state(), 0));
        }
    }

    @Test
    void shorterLimitsReachAllQuietTasksInPortions() {
        DeadlineRescheduler sweep = sweep(SHORT, Mode.APPLY);
        sweep.advance(2_000);
        tick(2_000);
        assertThat(due).hasSizeBetween(1, TASKS / 2);
        for (int window = 1; window < 100; window++) {
            sweep.advance(2_000 + 500L * window);
            tick(2_000 + 500L * window);
        }
        assertThat(due).hasSize(TASKS).doesNotHaveDuplicates();
        assertThat(tasks.get("task-7").nextCheckAt()).isEqualTo(1_000);
    }

    @Test
    void unfinishedSweepRestartsAndFinishedOneDoesNot() {
        sweep(SHORT, Mode.APPLY).advance(2_000);
        assertThat(moved()).isLessThan(TASKS);
        finish(sweep(SHORT, Mode.APPLY));
        assertThat(moved()).isEqualTo(TASKS);
        tasks.keep(
                tasks.get("task-7"),
                new DeadlinePolicy(LONG)
                        .startTracking(
                                StatusReducer.reduceFirst(started("task-7")).state(), 0));
        finish(sweep(SHORT, Mode.APPLY));
        assertThat(moved()).as("not looked at").isEqualTo(TASKS - 1);
        finish(sweep(SHORT, Mode.DRY_RUN));
        assertThat(moved()).isEqualTo(TASKS);
    }

    private void finish(DeadlineRescheduler sweep) {
        for (int window = 1; window < 100; window++) {
            sweep.advance(1_000_000 + 500L * window);
        }
    }

    private int moved() {
        int moved = 0;
        for (int i = 0; i < TASKS; i++) {
            moved += tasks.get("task-" + i).nextCheckAt() == 1_000 ? 1 : 0;
        }
        return moved;
    }

    private void tick(long now) {
        stores.timers.tick(TimerType.TASK, now, (entry, at) -> {
            if (tasks.of(entry) != null) {
                due.add(entry.taskId());
            }
            return true;
        });
    }

    private DeadlineRescheduler sweep(TimeLimits limits, Mode mode) {
        return new DeadlineRescheduler(stores.timerStore, tasks, stores.budget, limits, mode);
    }

    private static StatusEvent started(String task) {
        return new StatusEvent(
                new TaskIdentity(task, "w1", "upload", "HTTP", "upload_item"),
                TaskStatus.IN_PROGRESS,
                0,
                1,
                1,
                EventSource.NATIVE,
                EpochEvidence.NONE);
    }
}
