package dev.ratchet.bench;

import dev.ratchet.task.TaskRatchet;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.watch.Watched;
import dev.ratchet.wire.WatchedCodec;
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

    private final WatchedCodec codec = new WatchedCodec();
    private Watched watched = WatchBenchmark.watched(fresh());
    private byte[] bytes = {};

    @Setup
    public void prepare() {
        watched = WatchBenchmark.watched(
                switch (task) {
                    case "fresh" -> fresh();
                    case "ended" -> ended();
                    default -> Events.mostTravelled("rerun_from_completed");
                });
        bytes = codec.write(watched);
    }

    @Benchmark
    public byte[] write() {
        return codec.write(watched);
    }

    @Benchmark
    public Watched read() {
        return codec.read(bytes);
    }

    private static TaskState fresh() {
        return TaskRatchet.first(Events.row(TaskStatus.SCHEDULED, 1)).state();
    }

    private static TaskState ended() {
        TaskState running =
                TaskRatchet.next(fresh(), Events.row(TaskStatus.IN_PROGRESS, 2)).state();
        return TaskRatchet.next(running, Events.row(TaskStatus.COMPLETED, 4)).state();
    }
}
