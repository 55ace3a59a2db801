package dev.ratchet.bench;

import dev.ratchet.state.TrackedTaskCodec;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A task to the bytes in the store, and back. */
@State(Scope.Thread)
public class StateBenchmark {
    /** Just scheduled; at its end, with three marks; run again and again. */
    @Param({"fresh", "ended", "travelled"})
    private String task = "";

    private final TrackedTaskCodec codec = new TrackedTaskCodec();
    private TrackedTask tracked = WatchBenchmark.tracked(fresh());
    private byte[] bytes = {};

    @Setup
    public void prepare() {
        tracked = WatchBenchmark.tracked(
                switch (task) {
                    case "fresh" -> fresh();
                    case "ended" -> ended();
                    default -> Events.mostTravelled("rerun_from_completed");
                });
        bytes = codec.write(tracked);
    }

    @Benchmark
    public byte[] write() {
        return codec.write(tracked);
    }

    @Benchmark
    public TrackedTask read() {
        return codec.read(bytes);
    }

    private static TaskState fresh() {
        return StatusReducer.reduceFirst(Events.row(TaskStatus.SCHEDULED, 1)).state();
    }

    private static TaskState ended() {
        TaskState running = StatusReducer.reduce(fresh(), Events.row(TaskStatus.IN_PROGRESS, 2))
                .state();
        return StatusReducer.reduce(running, Events.row(TaskStatus.COMPLETED, 4))
                .state();
    }
}
