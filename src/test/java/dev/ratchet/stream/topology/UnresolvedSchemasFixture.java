package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static java.util.Objects.requireNonNull;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.stream.deadletter.DeadLetters;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs a topology on a faulty registry with two versions of the event schema. */
abstract class UnresolvedSchemasFixture {
    static final String SUBJECT = "task-status-events-value";
    static final int NOT_REGISTERED = 4711;
    static final Duration RETRY_INTERVAL = Duration.ofSeconds(2);

    @TempDir
    Path state;

    final FaultyRegistry registry = new FaultyRegistry();

    /** Id of the newer version of the event schema. */
    int newer;

    @BeforeEach
    void registerANewerVersion() {
        new AvroSerializer<>(TaskStatusEvent.class, registry).prepare("task-status-events");
        Schema schema =
                new Schema.Parser().parse(TaskStatusEvent.getClassSchema().toString());
        schema.addProp("revision", "2");
        newer = registry.register(SUBJECT, schema);
    }

    TopologyHarness harness(String... settings) {
        return new TopologyHarness(state, registry, 1, settings);
    }

    /** @param schema id in the record; 0 for the id of its own schema */
    void send(TopologyHarness harness, String task, TaskStatus status, long sequence, int schema) {
        harness.events.pipeInput(TopologyHarness.bytes(task), value(task, status, sequence, schema), harness.clock());
    }

    byte[] value(String task, TaskStatus status, long sequence, int schema) {
        TaskStatusEvent record = TaskRecords.event(event(status, sequence));
        record.setTaskId(task);
        byte[] value = requireNonNull(
                new AvroSerializer<>(TaskStatusEvent.class, registry).serialize("task-status-events", record));
        if (schema != 0) {
            ByteBuffer.wrap(value).putInt(1, schema);
        }
        return value;
    }

    static List<String> published(TopologyHarness harness) {
        return harness.changelog.readValuesToList().stream()
                .map(UnresolvedSchemasFixture::describe)
                .toList();
    }

    static String describe(TaskStatusChange change) {
        return change.getTaskId() + " " + change.getStatus() + " " + change.getRevision();
    }

    static Stream<String> categories(TopologyHarness harness) {
        return harness.readDeadLetters().stream().map(letter -> header(letter, DeadLetters.CATEGORY));
    }

    static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(requireNonNull(record.headers().lastHeader(name)).value(), StandardCharsets.UTF_8);
    }
}
