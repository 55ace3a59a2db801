package dev.ratchet.bench;

import static java.util.Objects.requireNonNull;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.avro.NativeReader;
import dev.ratchet.registry.MockSchemaRegistry;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusEvent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Native events: the whole way from the bytes on the topic to the rule's own, and its two halves. */
@State(Scope.Thread)
public class EventBenchmark {
    private static final String TOPIC = "task-status-events";

    /** Whether the producer states no more than it must, or all that is read. */
    @Param({"bare", "evidence"})
    private String events = "";

    private final MockSchemaRegistry registry = new MockSchemaRegistry();
    private final AvroDeserializer<TaskStatusEvent> deserializer =
            new AvroDeserializer<>(TaskStatusEvent.class, registry);
    private final NativeReader reader = new NativeReader(deserializer, TOPIC, PayloadCapturePolicy.NOTHING);

    private TaskStatusEvent avro = new TaskStatusEvent();
    private byte[] bytes = {};

    @Setup
    public void write() {
        StatusEvent event =
                events.equals("bare") ? Events.bare(TaskStatus.COMPLETED, 4) : Events.row(TaskStatus.COMPLETED, 4);
        avro = TaskRecords.event(event);
        avro.setSource(TaskSource.NATIVE); // what is read of a row comes from the CDC topic only
        bytes = requireNonNull(new AvroSerializer<>(TaskStatusEvent.class, registry).serialize(TOPIC, avro));
    }

    @Benchmark
    public Reading read() {
        return reader.read(bytes);
    }

    @Benchmark
    public TaskStatusEvent readOnlyAvro() {
        return requireNonNull(deserializer.deserialize(TOPIC, bytes));
    }

    @Benchmark
    public StatusEvent readOnlyRecords() {
        return TaskRecords.event(avro);
    }
}
