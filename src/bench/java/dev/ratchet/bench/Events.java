package dev.ratchet.bench;

import dev.ratchet.Recordings;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.state.TrackedTaskCodec;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Events to measure with: of one usual task, and of recordings of Conductor. */
final class Events {
    static final long START = 1_795_359_836_437L;

    private static final TaskIdentity TASK = new TaskIdentity(
            "7f5853ea-7400-4510-a83d-125aafb4debb",
            "6af1e6e4-4266-44ab-a0f7-aa94054e866a",
            "order_flow",
            "HTTP",
            "reserve_stock");

    private Events() {}

    /** The status as of the n-th write, 100 ms after the one before, by a producer that states no more than it must. */
    static StatusEvent bare(TaskStatus status, long n) {
        return event(status, n, START + 100 * n, EventSource.NATIVE, EpochEvidence.NONE);
    }

    /** The same with what Conductor's row carries. */
    static StatusEvent row(TaskStatus status, long n) {
        long now = START + 100 * n;
        EpochEvidence evidence = new EpochEvidence(
                new EpochKey(START, 0),
                status == TaskStatus.SCHEDULED ? 0 : START + 200,
                status.isTerminal() ? now : 0,
                status == TaskStatus.SCHEDULED ? 0 : 1,
                Flag.NO,
                Flag.NO,
                600,
                0);
        return event(status, 95_086_312 + 24_576 * n, now, EventSource.CDC, evidence);
    }

    /** The task of a recording that there is most to remember of, as of the recording's end. */
    static TaskState mostTravelled(String recording) {
        DebeziumReader reader = new DebeziumReader(0);
        Map<String, TaskState> tasks = new HashMap<>();
        for (Recordings.Recorded record : Recordings.cdc(recording)) {
            if (reader.read(record.value()) instanceof Reading.Event read) {
                tasks.merge(
                        record.key(),
                        StatusReducer.reduceFirst(read.event()).state(),
                        (before, first) ->
                                StatusReducer.reduce(before, read.event()).state());
            }
        }
        TrackedTaskCodec codec = new TrackedTaskCodec();
        return tasks.values().stream()
                .max(Comparator.comparing(task -> codec.write(WatchBenchmark.tracked(task)).length))
                .orElseThrow();
    }

    private static StatusEvent event(
            TaskStatus status, long sequence, long occurredAt, EventSource source, EpochEvidence evidence) {
        return new StatusEvent(TASK, status, StatusEvent.NOT_STATED, sequence, occurredAt, source, evidence);
    }
}
