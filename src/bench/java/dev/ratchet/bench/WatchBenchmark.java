package dev.ratchet.bench;

import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.DeadlinePolicy;
import dev.ratchet.task.deadline.TimeLimits;
import dev.ratchet.task.deadline.TrackedTask;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** When a task is to be looked at, worked out with each event; the limits are the defaults, with audits. */
@State(Scope.Thread)
public class WatchBenchmark {
    private static final DeadlinePolicy WATCH = new DeadlinePolicy(new TimeLimits(
            3_600_000, 3_600_000, 604_800_000, 7_776_000_000L, 15_000, 300_000, 604_800_000, 30_000, 3_600_000));

    private final TaskState queued =
            StatusReducer.reduceFirst(Events.row(TaskStatus.SCHEDULED, 1)).state();
    private final TaskState running =
            StatusReducer.reduce(queued, Events.row(TaskStatus.IN_PROGRESS, 2)).state();
    private final TaskState beating =
            StatusReducer.reduce(running, Events.row(TaskStatus.IN_PROGRESS, 3)).state();
    private final TaskState ended =
            StatusReducer.reduce(running, Events.row(TaskStatus.COMPLETED, 4)).state();
    private final TrackedTask tracked = tracked(running);

    /** As of its first event. */
    static TrackedTask tracked(TaskState task) {
        return WATCH.startTracking(task, Events.START);
    }

    @Benchmark
    public TrackedTask first() {
        return tracked(queued);
    }

    @Benchmark
    public TrackedTask heartbeat() {
        return WATCH.onEvent(tracked, beating, Events.START + 300);
    }

    @Benchmark
    public TrackedTask end() {
        return WATCH.onEvent(tracked, ended, Events.START + 400);
    }
}
