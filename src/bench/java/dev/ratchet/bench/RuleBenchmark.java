package dev.ratchet.bench;

import dev.ratchet.task.Outcome;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The rule: one event folded into what is remembered of its task. */
@State(Scope.Thread)
public class RuleBenchmark {
    /** Whether the events carry what Conductor's row tells of the life they belong to. */
    @Param({"bare", "evidence"})
    private String events = "";

    private StatusEvent scheduled = Events.bare(TaskStatus.SCHEDULED, 1);
    private StatusEvent inProgress = Events.bare(TaskStatus.IN_PROGRESS, 2);
    private StatusEvent heartbeat = Events.bare(TaskStatus.IN_PROGRESS, 3);
    private StatusEvent completed = Events.bare(TaskStatus.COMPLETED, 4);
    private TaskState queued = StatusReducer.reduceFirst(scheduled).state();
    private TaskState running = queued;
    private TaskState ended = queued;

    @Setup
    public void begin() {
        if (events.equals("evidence")) {
            scheduled = Events.row(TaskStatus.SCHEDULED, 1);
            inProgress = Events.row(TaskStatus.IN_PROGRESS, 2);
            heartbeat = Events.row(TaskStatus.IN_PROGRESS, 3);
            completed = Events.row(TaskStatus.COMPLETED, 4);
        }
        queued = StatusReducer.reduceFirst(scheduled).state();
        running = StatusReducer.reduce(queued, inProgress).state();
        ended = StatusReducer.reduce(running, completed).state();
    }

    @Benchmark
    public Outcome first() {
        return StatusReducer.reduceFirst(scheduled);
    }

    @Benchmark
    public Outcome start() {
        return StatusReducer.reduce(queued, inProgress);
    }

    @Benchmark
    public Outcome beat() {
        return StatusReducer.reduce(running, heartbeat);
    }

    @Benchmark
    public Outcome end() {
        return StatusReducer.reduce(running, completed);
    }

    @Benchmark
    public Outcome duplicate() {
        return StatusReducer.reduce(ended, inProgress);
    }

    /** A heartbeat that comes after the end that it was written before. */
    @Benchmark
    public Outcome late() {
        return StatusReducer.reduce(ended, heartbeat);
    }
}
