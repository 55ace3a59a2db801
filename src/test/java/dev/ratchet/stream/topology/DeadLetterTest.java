package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.deadletter.DeadLetterCategory;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    void oversizedRecordIsTruncatedAndMarked() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            byte[] key = new byte[30_000];
            byte[] value = new byte[50_000];
            byte[] header = new byte[40_000];
            harness.cdc.pipeInput(new TestRecord<>(key, value, new RecordHeaders().add("big", header), 7L));
            TestRecord<byte[], byte[]> deadLetter = only(harness.readDeadLetters());
            assertThat(header(deadLetter, DeadLetters.TRUNCATED_KEY)).isEqualTo("30000");
            assertThat(header(deadLetter, DeadLetters.TRUNCATED_VALUE)).isEqualTo("50000");
            assertThat(header(deadLetter, DeadLetters.DROPPED_HEADERS)).isEqualTo("1");
            int size = deadLetter.key().length + deadLetter.value().length;
            for (Header captured : deadLetter.headers()) {
                size += captured.key().length() + captured.value().length;
            }
            assertThat(size).isBetween(TopologyHarness.MAX_DEAD_LETTER / 2, TopologyHarness.MAX_DEAD_LETTER);
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

    @Test
    void longKeyIsTruncatedInMessage() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.cdc("k".repeat(30_000), Recordings.cdc("heartbeat").get(0).value());
            assertThat(header(only(harness.readDeadLetters()), "__streams.errors.message"))
                    .endsWith("kkk…' of 30000 bytes")
                    .hasSizeLessThan(1_000);
        }
    }

    @Test
    void keyHeadersAndValueHaveSizeLimits() {
        int room = TopologyHarness.MAX_DEAD_LETTER - 4_096;
        Record<byte[], byte[]> cut = deadLetter(TopologyHarness.MAX_DEAD_LETTER, new byte[room], new byte[room]);
        assertThat(cut.key()).hasSize(room / 2);
        assertThat(cut.value()).hasSize(room - room / 2);

        Record<byte[], byte[]> exact =
                deadLetter(TopologyHarness.MAX_DEAD_LETTER, new byte[room / 2], new byte[room - room / 2]);
        assertThat(exact.headers().lastHeader(DeadLetters.TRUNCATED_KEY)).isNull();
        assertThat(exact.headers().lastHeader(DeadLetters.TRUNCATED_VALUE)).isNull();

        Record<byte[], byte[]> captured =
                deadLetter(TopologyHarness.MAX_DEAD_LETTER, new byte[0], new byte[room], header("a", room / 4 - 13));
        assertThat(captured.headers().lastHeader("a")).isNotNull();
        assertThat(captured.value()).hasSize(room - room / 4);
    }

    @Test
    void headersAboveQuarterOfLimitAreDropped() {
        int room = TopologyHarness.MAX_DEAD_LETTER - 4_096;
        assertDropped(header("a", room / 4 - 13), header("b", 0));
        assertDropped(header("a".repeat(room / 12), 0));
        Header[] many = new Header[room / 4 / 13 + 1];
        Arrays.fill(many, header("a", 0));
        assertDropped(many);
    }

    @Test
    void tinyLimitKeepsOnlyRatchetHeaders() {
        Record<byte[], byte[]> deadLetter = deadLetter(1_000, new byte[9], new byte[9]);
        assertThat(deadLetter.key()).isEmpty();
        assertThat(deadLetter.value()).isEmpty();
        assertThat(deadLetter.headers().lastHeader(DeadLetters.CATEGORY)).isNotNull();
    }

    private static void assertDropped(Header... headers) {
        Record<byte[], byte[]> deadLetter =
                deadLetter(TopologyHarness.MAX_DEAD_LETTER, new byte[0], new byte[0], headers);
        assertThat(new String(
                        deadLetter
                                .headers()
                                .lastHeader(DeadLetters.DROPPED_HEADERS)
                                .value(),
                        StandardCharsets.UTF_8))
                .isEqualTo(Integer.toString(headers.length));
        assertThat(deadLetter.headers().lastHeader(headers[0].key())).isNull();
    }

    private static Record<byte[], byte[]> deadLetter(int maxBytes, byte[] key, byte[] value, Header... headers) {
        return new DeadLetters(maxBytes)
                .of(
                        new Record<>(key, value, 7, new RecordHeaders(headers)),
                        new ProcessorRecordContext(7, 0, 0, "topic", new RecordHeaders()),
                        DeadLetterCategory.MALFORMED,
                        "error",
                        9);
    }

    private static Header header(String key, int length) {
        return new RecordHeader(key, new byte[length]);
    }

    private static TestRecord<byte[], byte[]> only(List<TestRecord<byte[], byte[]>> deadLetters) {
        assertThat(deadLetters).hasSize(1);
        return deadLetters.get(0);
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        assertThat(header).as("header %s", name).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
