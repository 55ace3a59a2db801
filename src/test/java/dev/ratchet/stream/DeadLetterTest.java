package dev.ratchet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.wire.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterTest {
    @TempDir
    Path state;

    @Test
    void aRecordThatCannotBeReadIsBuriedAsItCameAndTheStreamGoesOn() {
        try (Stage stage = new Stage(state)) {
            Recorded sound = Recordings.cdc("heartbeat").get(0);
            byte[] broken = Stage.bytes("{\"op\":\"c\"");
            stage.cdc.pipeInput(new TestRecord<>(
                    Stage.bytes("t1"),
                    broken,
                    new org.apache.kafka.common.header.internals.RecordHeaders().add("trace", Stage.bytes("abc")),
                    7L));
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
            assertThat(stage.tally.deadLetters(DeadLetterCategory.MALFORMED)).isEqualTo(1);
            assertThat(stage.tally.read()).isEqualTo(2);
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
            stage.cdc.pipeInput(new TestRecord<>(
                    key, value, new org.apache.kafka.common.header.internals.RecordHeaders().add("big", header), 7L));
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
