package dev.ratchet.bench;

import dev.ratchet.task.Outcome;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskRatchet;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The rule: one event folded into what is remembered of its task. */
@State(Scope.Thread)
public class RuleBenchmark {
    private final StatusEvent scheduled = Events.event(TaskStatus.SCHEDULED, 1);
    private final StatusEvent inProgress = Events.event(TaskStatus.IN_PROGRESS, 2);
    private final StatusEvent heartbeat = Events.event(TaskStatus.IN_PROGRESS, 3);
    private final StatusEvent completed = Events.event(TaskStatus.COMPLETED, 4);

    private final TaskState queued = TaskRatchet.first(scheduled).state();
    private final TaskState running = TaskRatchet.next(queued, inProgress).state();
    private final TaskState ended = TaskRatchet.next(running, completed).state();

    @Benchmark
    public Outcome first() {
        return TaskRatchet.first(scheduled);
    }

    @Benchmark
    public Outcome step() {
        return TaskRatchet.next(running, completed);
    }

    @Benchmark
    public Outcome heartbeat() {
        return TaskRatchet.next(running, heartbeat);
    }

    @Benchmark
    public Outcome duplicate() {
        return TaskRatchet.next(ended, inProgress);
    }

    @Benchmark
    public Outcome late() {
        return TaskRatchet.next(ended, heartbeat);
    }

    /** Three events: a usual task from its first to its last. */
    @Benchmark
    public Outcome usualTask() {
        TaskState after = TaskRatchet.next(TaskRatchet.first(scheduled).state(), inProgress)
                .state();
        return TaskRatchet.next(after, completed);
    }
}
