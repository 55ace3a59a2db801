package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.DeadLetterRecords.header;
import static dev.ratchet.stream.topology.DeadLetterRecords.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.deadletter.DeadLetters;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which records are dead-lettered, and with which headers. */
class DeadLetterTest {
    @TempDir
    Path state;

    @Test
    void unreadableRecordIsDeadLetteredUnchangedAndStreamContinues() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            Recorded sound = Recordings.cdc("heartbeat").get(0);
            byte[] broken = TopologyHarness.bytes("{\"op\":\"c\"");
            harness.cdc.pipeInput(new TestRecord<>(
                    TopologyHarness.bytes("t1"),
                    broken,
                    new RecordHeaders().add("trace", TopologyHarness.bytes("abc")),
                    7L));
            harness.cdc(sound.key(), sound.value());

            TestRecord<byte[], byte[]> deadLetter = only(harness.readDeadLetters());
            assertThat(deadLetter.key()).isEqualTo(TopologyHarness.bytes("t1"));
            assertThat(deadLetter.value()).isEqualTo(broken);
            assertThat(header(deadLetter, "trace")).isEqualTo("abc");
            assertThat(header(deadLetter, DeadLetters.CATEGORY)).isEqualTo("MALFORMED");
            assertThat(header(deadLetter, "__streams.errors.topic")).isEqualTo("conductor.public.task");
            assertThat(header(deadLetter, "__streams.errors.partition")).isEqualTo("0");
            assertThat(header(deadLetter, "__streams.errors.offset")).isEqualTo("0");
            assertThat(header(deadLetter, "__streams.errors.message")).startsWith("Expected JSON, but got");
            assertThat(header(deadLetter, "__streams.errors.exception")).endsWith("MALFORMED");
            assertThat(harness.changelog.readValuesToList()).hasSize(1);
            assertThat(harness.counters.deadLetters(DeadLetterCategory.MALFORMED))
                    .isEqualTo(1);
            assertThat(harness.counters.read()).isEqualTo(2);
        }
    }

    @Test
    void bytesOutsideWireFormatAreDeadLettered() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.events.pipeInput(TopologyHarness.bytes("t1"), TopologyHarness.bytes("{}"));
            TestRecord<byte[], byte[]> deadLetter = only(harness.readDeadLetters());
            assertThat(header(deadLetter, "__streams.errors.message")).startsWith("Expected magic byte 0");
        }
    }

    @Test
    void unknownStatusHasItsOwnCategory() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            Recorded record = Recordings.cdc("heartbeat").get(0);
            String value = new String(record.value(), StandardCharsets.UTF_8);
            harness.cdc(record.key(), TopologyHarness.bytes(value.replace("SCHEDULED", "PAUSED")));
            assertThat(header(only(harness.readDeadLetters()), DeadLetters.CATEGORY))
                    .isEqualTo("UNKNOWN_STATUS");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AUDIT", "CDC"})
    void eventWithForbiddenSourceHasItsOwnCategory(TaskSource forged) {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(RatchetTopologyTest.event(TaskStatus.COMPLETED, 1));
            TaskStatusEvent event = TaskRecords.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 1));
            event.setSource(forged);
            harness.event(event);

            TestRecord<byte[], byte[]> deadLetter = only(harness.readDeadLetters());
            assertThat(header(deadLetter, DeadLetters.CATEGORY)).isEqualTo("FORBIDDEN_SOURCE");
            assertThat(header(deadLetter, "__streams.errors.message"))
                    .isEqualTo("Expected source to be NATIVE or WEBHOOK on task-status-events, but got " + forged
                            + ": it has a topic of its own");
            assertThat(harness.counters.deadLetters(DeadLetterCategory.FORBIDDEN_SOURCE))
                    .isEqualTo(1);
            assertThat(harness.states().get("t1").task().diverges()).isFalse();
            assertThat(harness.alerts.isEmpty()).isTrue();
        }
    }

    @Test
    void keyOtherThanTaskIdIsDeadLettered() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            Recorded record = Recordings.cdc("heartbeat").get(0);
            harness.cdc("\"" + record.key() + "\"", record.value());
            harness.cdc.pipeInput(null, record.value());
            List<TestRecord<byte[], byte[]>> deadLetters = harness.readDeadLetters();
            assertThat(deadLetters)
                    .hasSize(2)
                    .allSatisfy(letter ->
                            assertThat(header(letter, DeadLetters.CATEGORY)).isEqualTo("KEY_MISMATCH"));
            assertThat(header(deadLetters.get(1), "__streams.errors.message")).endsWith("but got none");
            assertThat(harness.changelog.isEmpty()).isTrue();
        }
    }

    @Test
    void deletionWithAnotherKeyIsDeadLettered() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.cdc(
                    "t2",
                    TopologyHarness.bytes("{\"op\":\"d\",\"before\":{\"task_id\":\"t1\"},\"source\":{\"lsn\":1}}"));
            assertThat(header(only(harness.readDeadLetters()), DeadLetters.CATEGORY))
                    .isEqualTo("KEY_MISMATCH");
        }
    }

    @Test
    void nonAsciiTaskIdIsAcceptedAsKey() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            TaskIdentity task = new TaskIdentity("tä€", "w1", "upload", "HTTP", "upload_item");
            harness.event(new StatusEvent(task, TaskStatus.SCHEDULED, 0, 1, 1, EventSource.NATIVE, EpochEvidence.NONE));
            assertThat(harness.readDeadLetters()).isEmpty();
            assertThat(harness.changelog.readKeyValue().key).isEqualTo("tä€");
        }
    }

    @Test
    void recordOnWrongPartitionIsDeadLettered() {
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://stage"));
        try (TopologyHarness harness = new TopologyHarness(state, registry, 1_000)) {
            harness.event(RatchetTopologyTest.event(TaskStatus.SCHEDULED, 1));
            TestRecord<byte[], byte[]> deadLetter = only(harness.readDeadLetters());
            assertThat(header(deadLetter, DeadLetters.CATEGORY)).isEqualTo("PARTITION_MISMATCH");
            assertThat(header(deadLetter, "__streams.errors.message"))
                    .matches("Expected key 't1' on partition \\d+ of 1000.*0");
        }
    }

    @Test
    void resentDeadLetterHasHeadersOfLastFailure() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.cdc.pipeInput(new TestRecord<>(
                    TopologyHarness.bytes("t1"),
                    TopologyHarness.bytes("{"),
                    new org.apache.kafka.common.header.internals.RecordHeaders()
                            .add(DeadLetters.CATEGORY, TopologyHarness.bytes("KEY_MISMATCH"))
                            .add("__streams.errors.offset", TopologyHarness.bytes("77")),
                    7L));
            TestRecord<byte[], byte[]> deadLetter = only(harness.readDeadLetters());
            assertThat(header(deadLetter, DeadLetters.CATEGORY)).isEqualTo("MALFORMED");
            assertThat(header(deadLetter, "__streams.errors.offset")).isEqualTo("0");
        }
    }
}
