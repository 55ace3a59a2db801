package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.DeadLetterRecords.header;
import static dev.ratchet.stream.topology.DeadLetterRecords.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Recordings;
import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.stream.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a dead letter is cut to the size limit. */
class DeadLetterSizeTest {
    @TempDir
    Path state;

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
                deadLetter(TopologyHarness.MAX_DEAD_LETTER, new byte[0], new byte[room], sized("a", room / 4 - 13));
        assertThat(captured.headers().lastHeader("a")).isNotNull();
        assertThat(captured.value()).hasSize(room - room / 4);
    }

    @Test
    void headersAboveQuarterOfLimitAreDropped() {
        int room = TopologyHarness.MAX_DEAD_LETTER - 4_096;
        assertDropped(sized("a", room / 4 - 13), sized("b", 0));
        assertDropped(sized("a".repeat(room / 12), 0));
        Header[] many = new Header[room / 4 / 13 + 1];
        Arrays.fill(many, sized("a", 0));
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

    private static Header sized(String key, int length) {
        return new RecordHeader(key, new byte[length]);
    }
}
