package dev.ratchet.bench;

import static java.util.Objects.requireNonNull;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.registry.MockSchemaRegistry;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.StatusChange;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Changes: the whole way from the rule's own to the bytes on the topic, and its two halves. */
@State(Scope.Thread)
public class ChangeBenchmark {
    private static final String TOPIC = "task-status-changelog";

    private final AvroSerializer<TaskStatusChange> serializer =
            new AvroSerializer<>(TaskStatusChange.class, new MockSchemaRegistry());
    private final StatusChange change = end();
    private final TaskStatusChange avro = TaskRecords.change(change);

    @Benchmark
    public byte[] write() {
        return requireNonNull(serializer.serialize(TOPIC, TaskRecords.change(change)));
    }

    @Benchmark
    public TaskStatusChange writeOnlyRecords() {
        return TaskRecords.change(change);
    }

    @Benchmark
    public byte[] writeOnlyAvro() {
        return requireNonNull(serializer.serialize(TOPIC, avro));
    }

    private static StatusChange end() {
        TaskState queued =
                StatusReducer.reduceFirst(Events.bare(TaskStatus.SCHEDULED, 1)).state();
        Outcome end = StatusReducer.reduce(queued, Events.bare(TaskStatus.COMPLETED, 4));
        return ((Outcome.Accepted) end).change();
    }
}
