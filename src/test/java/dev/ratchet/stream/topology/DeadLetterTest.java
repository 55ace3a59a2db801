package dev.ratchet.stream.topology;

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
    void aRecordThatCannotBeReadIsBuriedAsItCameAndTheStreamGoesOn() {
        try (Stage stage = new Stage(state)) {
            Recorded sound = Recordings.cdc("heartbeat").get(0);
            byte[] broken = Stage.bytes("{\"op\":\"c\"");
            stage.cdc.pipeInput(new TestRecord<>(
                    Stage.bytes("t1"), broken, new RecordHeaders().add("trace", Stage.bytes("abc")), 7L));
            stage.cdc(sound.key(), sound.value());

            TestRecord<byte[], byte[]> buried = only(stage.buried());
            assertThat(buried.key()).isEqualTo(Stage.bytes("t1"));
            assertThat(buried.value()).isEqualTo(broken);
            assertThat(header(buried, "trace")).isEqualTo("abc");
            assertThat(header(buried, DeadLetters.CATEGORY)).isEqualTo("MALFORMED");
            assertThat(header(buried, "__streams.errors.topic")).isEqualTo("conductor.public.task");
            assertThat(header(buried, "__streams.errors.partition")).isEqualTo("0");
            assertThat(header(buried, "__streams.errors.offset")).isEqualTo("0");
            assertThat(header(buried, "__streams.errors.message")).startsWith("Expected JSON, but got");
            assertThat(header(buried, "__streams.errors.exception")).endsWith("MALFORMED");
            assertThat(stage.changelog.readValuesToList()).hasSize(1);
            assertThat(stage.counters.deadLetters(DeadLetterCategory.MALFORMED)).isEqualTo(1);
            assertThat(stage.counters.read()).isEqualTo(2);
        }
    }

    @Test
    void bytesThatAreNotInTheWireFormatAreBuried() {
        try (Stage stage = new Stage(state)) {
            stage.events.pipeInput(Stage.bytes("t1"), Stage.bytes("{}"));
            TestRecord<byte[], byte[]> buried = only(stage.buried());
            assertThat(header(buried, "__streams.errors.message")).startsWith("Expected magic byte 0");
        }
    }

    @Test
    void anUnknownStatusIsBuriedUnderItsOwnCategory() {
        try (Stage stage = new Stage(state)) {
            Recorded record = Recordings.cdc("heartbeat").get(0);
            String value = new String(record.value(), StandardCharsets.UTF_8);
            stage.cdc(record.key(), Stage.bytes(value.replace("SCHEDULED", "PAUSED")));
            assertThat(header(only(stage.buried()), DeadLetters.CATEGORY)).isEqualTo("UNKNOWN_STATUS");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AUDIT", "CDC"})
    void anEventThatPassesForAnotherSourceIsBuriedUnderItsOwnCategory(TaskSource forged) {
        try (Stage stage = new Stage(state)) {
            stage.event(RatchetTopologyTest.event(TaskStatus.COMPLETED, 1));
            TaskStatusEvent event = TaskRecords.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 1));
            event.setSource(forged);
            stage.event(event);

            TestRecord<byte[], byte[]> buried = only(stage.buried());
            assertThat(header(buried, DeadLetters.CATEGORY)).isEqualTo("FORBIDDEN_SOURCE");
            assertThat(header(buried, "__streams.errors.message"))
                    .isEqualTo("Expected source to be NATIVE or WEBHOOK on task-status-events, but got " + forged
                            + ": it has a topic of its own");
            assertThat(stage.counters.deadLetters(DeadLetterCategory.FORBIDDEN_SOURCE))
                    .isEqualTo(1);
            assertThat(stage.states().get("t1").task().diverges()).isFalse();
            assertThat(stage.alerts.isEmpty()).isTrue();
        }
    }

    @Test
    void aKeyThatIsNotTheTaskIdIsBuried() {
        try (Stage stage = new Stage(state)) {
            Recorded record = Recordings.cdc("heartbeat").get(0);
            stage.cdc("\"" + record.key() + "\"", record.value());
            stage.cdc.pipeInput(null, record.value());
            List<TestRecord<byte[], byte[]>> buried = stage.buried();
            assertThat(buried)
                    .hasSize(2)
                    .allSatisfy(letter ->
                            assertThat(header(letter, DeadLetters.CATEGORY)).isEqualTo("KEY_MISMATCH"));
            assertThat(header(buried.get(1), "__streams.errors.message")).endsWith("but got none");
            assertThat(stage.changelog.isEmpty()).isTrue();
        }
    }

    @Test
    void aDeletionUnderAnotherKeyIsBuried() {
        try (Stage stage = new Stage(state)) {
            stage.cdc("t2", Stage.bytes("{\"op\":\"d\",\"before\":{\"task_id\":\"t1\"},\"source\":{\"lsn\":1}}"));
            assertThat(header(only(stage.buried()), DeadLetters.CATEGORY)).isEqualTo("KEY_MISMATCH");
        }
    }

    @Test
    void aKeyIsTheTaskIdInUtf8() {
        try (Stage stage = new Stage(state)) {
            TaskIdentity task = new TaskIdentity("tä€", "w1", "upload", "HTTP", "upload_item");
            stage.event(new StatusEvent(task, TaskStatus.SCHEDULED, 0, 1, 1, EventSource.NATIVE, EpochEvidence.NONE));
            assertThat(stage.buried()).isEmpty();
            assertThat(stage.changelog.readKeyValue().key).isEqualTo("tä€");
        }
    }

    @Test
    void aRecordOnAnotherPartitionThanItsKeysIsBuried() {
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://stage"));
        try (Stage stage = new Stage(state, registry, 1_000)) {
            stage.event(RatchetTopologyTest.event(TaskStatus.SCHEDULED, 1));
            TestRecord<byte[], byte[]> buried = only(stage.buried());
            assertThat(header(buried, DeadLetters.CATEGORY)).isEqualTo("PARTITION_MISMATCH");
            assertThat(header(buried, "__streams.errors.message"))
                    .matches("Expected key 't1' on partition \\d+ of 1000.*0");
        }
    }

    @Test
    void whatIsTooLongIsCutAndSaysSo() {
        try (Stage stage = new Stage(state)) {
            byte[] key = new byte[30_000];
            byte[] value = new byte[50_000];
            byte[] header = new byte[40_000];
            stage.cdc.pipeInput(new TestRecord<>(key, value, new RecordHeaders().add("big", header), 7L));
            TestRecord<byte[], byte[]> buried = only(stage.buried());
            assertThat(header(buried, DeadLetters.TRUNCATED_KEY)).isEqualTo("30000");
            assertThat(header(buried, DeadLetters.TRUNCATED_VALUE)).isEqualTo("50000");
            assertThat(header(buried, DeadLetters.DROPPED_HEADERS)).isEqualTo("1");
            int size = buried.key().length + buried.value().length;
            for (Header kept : buried.headers()) {
                size += kept.key().length() + kept.value().length;
            }
            assertThat(size).isBetween(Stage.MAX_DEAD_LETTER / 2, Stage.MAX_DEAD_LETTER);
        }
    }

    @Test
    void aDeadLetterThatWasSentAgainTellsOfItsLastEnd() {
        try (Stage stage = new Stage(state)) {
            stage.cdc.pipeInput(new TestRecord<>(
                    Stage.bytes("t1"),
                    Stage.bytes("{"),
                    new org.apache.kafka.common.header.internals.RecordHeaders()
                            .add(DeadLetters.CATEGORY, Stage.bytes("KEY_MISMATCH"))
                            .add("__streams.errors.offset", Stage.bytes("77")),
                    7L));
            TestRecord<byte[], byte[]> buried = only(stage.buried());
            assertThat(header(buried, DeadLetters.CATEGORY)).isEqualTo("MALFORMED");
            assertThat(header(buried, "__streams.errors.offset")).isEqualTo("0");
        }
    }

    @Test
    void aLongKeyIsCutInTheMessageToo() {
        try (Stage stage = new Stage(state)) {
            stage.cdc("k".repeat(30_000), Recordings.cdc("heartbeat").get(0).value());
            assertThat(header(only(stage.buried()), "__streams.errors.message"))
                    .endsWith("kkk…' of 30000 bytes")
                    .hasSizeLessThan(1_000);
        }
    }

    @Test
    void halfTheRoomIsTheKeysAQuarterTheHeadersAndTheRestTheValues() {
        int room = Stage.MAX_DEAD_LETTER - 4_096;
        Record<byte[], byte[]> cut = buried(Stage.MAX_DEAD_LETTER, new byte[room], new byte[room]);
        assertThat(cut.key()).hasSize(room / 2);
        assertThat(cut.value()).hasSize(room - room / 2);

        Record<byte[], byte[]> exact = buried(Stage.MAX_DEAD_LETTER, new byte[room / 2], new byte[room - room / 2]);
        assertThat(exact.headers().lastHeader(DeadLetters.TRUNCATED_KEY)).isNull();
        assertThat(exact.headers().lastHeader(DeadLetters.TRUNCATED_VALUE)).isNull();

        Record<byte[], byte[]> kept =
                buried(Stage.MAX_DEAD_LETTER, new byte[0], new byte[room], header("a", room / 4 - 13));
        assertThat(kept.headers().lastHeader("a")).isNotNull();
        assertThat(kept.value()).hasSize(room - room / 4);
    }

    @Test
    void headersThatTakeMoreThanAQuarterAreDroppedTogether() {
        int room = Stage.MAX_DEAD_LETTER - 4_096;
        thenDropped(header("a", room / 4 - 13), header("b", 0));
        thenDropped(header("a".repeat(room / 12), 0));
        Header[] many = new Header[room / 4 / 13 + 1];
        Arrays.fill(many, header("a", 0));
        thenDropped(many);
    }

    @Test
    void whereThereIsNoRoomOnlyTheHeadersOfItsOwnAreLeft() {
        Record<byte[], byte[]> buried = buried(1_000, new byte[9], new byte[9]);
        assertThat(buried.key()).isEmpty();
        assertThat(buried.value()).isEmpty();
        assertThat(buried.headers().lastHeader(DeadLetters.CATEGORY)).isNotNull();
    }

    private static void thenDropped(Header... headers) {
        Record<byte[], byte[]> buried = buried(Stage.MAX_DEAD_LETTER, new byte[0], new byte[0], headers);
        assertThat(new String(
                        buried.headers().lastHeader(DeadLetters.DROPPED_HEADERS).value(), StandardCharsets.UTF_8))
                .isEqualTo(Integer.toString(headers.length));
        assertThat(buried.headers().lastHeader(headers[0].key())).isNull();
    }

    private static Record<byte[], byte[]> buried(int maxBytes, byte[] key, byte[] value, Header... headers) {
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

    private static TestRecord<byte[], byte[]> only(List<TestRecord<byte[], byte[]>> buried) {
        assertThat(buried).hasSize(1);
        return buried.get(0);
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        assertThat(header).as("header %s", name).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
