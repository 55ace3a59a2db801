package dev.ratchet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Recordings;
import dev.ratchet.ingest.avro.NativeJsonReader;
import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.ingest.webhook.WebhookReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a record holds, a reader says what it is; it never fails, and half a record is never an event. */
class BrokenRecordsTest {
    private static final String LEAST = "{\"taskId\":\"ä€😀\",\"status\":\"COMPLETED\",\"sequence\":5,\"endTime\":7}";

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of(
                        new DebeziumReader(0), Recordings.lines("heartbeat.cdc").get(3)),
                Arguments.of(
                        new DebeziumReader(0),
                        Change.of("u", Change.task()).toString().getBytes(StandardCharsets.UTF_8)),
                Arguments.of(
                        new WebhookReader(),
                        Recordings.lines("heartbeat.webhook").get(3)),
                Arguments.of(new WebhookReader(), LEAST.getBytes(StandardCharsets.UTF_8)),
                Arguments.of(new NativeJsonReader(), LEAST.getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<RecordReader> readers() {
        return Stream.of(new DebeziumReader(0), new WebhookReader(), new NativeJsonReader());
    }

    @ParameterizedTest
    @MethodSource("records")
    void truncatedRecordIsUnreadable(RecordReader reader, byte[] record) {
        Read.by(reader, record).event();
        Read.by(reader, new byte[0]).isNothing("blank");
        for (int length = 1; length < record.length; length++) {
            assertThat(Read.by(reader, Arrays.copyOf(record, length)).kind())
                    .as("%d bytes of %d", length, record.length)
                    .isEqualTo(Reading.Unreadable.class);
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void recordWithChangedBytesYieldsReading(RecordReader reader, byte[] record) {
        Random random = new Random(176);
        for (int round = 0; round < 10_000; round++) {
            byte[] turned = record.clone();
            for (int turns = 1 + random.nextInt(4); turns > 0; turns--) {
                turned[random.nextInt(turned.length)] = (byte) random.nextInt(256);
            }
            Read.by(reader, turned).hasReadableError();
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void recordWithMissingOrRepeatedPartYieldsReading(RecordReader reader, byte[] record) {
        Random random = new Random(176);
        for (int round = 0; round < 5_000; round++) {
            int upTo = random.nextInt(record.length);
            int from = Math.max(0, Math.min(record.length, upTo + random.nextInt(41) - 20));
            byte[] odd = Arrays.copyOf(record, upTo + record.length - from);
            System.arraycopy(record, from, odd, upTo, record.length - from);
            Read.by(reader, odd).hasReadableError();
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void randomBytesYieldReading(RecordReader reader) {
        Random random = new Random(176);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            // Zeros at the front make Jackson think of UTF-16 and UTF-32.
            Arrays.fill(bytes, 0, Math.min(bytes.length, random.nextInt(4)), (byte) 0);
            Read.by(reader, bytes).hasReadableError();
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void blankOrNullRecordIsIgnored(RecordReader reader) {
        for (String blank : List.of("", " ", "\r", "\t \r\n", "\uFEFF", "\uFEFF \r")) {
            Read.by(reader, blank).isNothing("blank");
        }
        assertThat(reader.read(null)).isEqualTo(new Reading.Nothing("tombstone"));
        Read.by(reader, "null").isNothing("tombstone");
        Read.by(reader, "\uFEFF null\r").isNothing("tombstone");
    }

    @ParameterizedTest
    @MethodSource("readers")
    void nonObjectIsUnreadable(RecordReader reader) {
        Read.by(reader, "[1]").isUnreadable("Expected a JSON object, but got an array");
        Read.by(reader, "176").isUnreadable("Expected a JSON object, but got 176");
        Read.by(reader, "\"a\"").isUnreadable("Expected a JSON object, but got 'a'");
        Read.by(reader, "tru")
                .hasReadableError()
                .isUnreadable(
                        "Expected JSON, but got something else at column 1: Unrecognized"
                                + " token 'tru': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')");
    }

    @ParameterizedTest
    @MethodSource("records")
    void onlyWhitespaceMaySurroundRecord(RecordReader reader, byte[] record) {
        Reading whole = reader.read(record);
        String text = new String(record, StandardCharsets.UTF_8);
        assertThat(reader.read(utf8(" \t" + text + " \r"))).isEqualTo(whole);
        assertThat(reader.read(utf8("\uFEFF" + text + "\r\n"))).isEqualTo(whole);
        Read.by(reader, text + "{}").isUnreadable("Expected one JSON object, but got more after it: an object");
        Read.by(reader, text + " \"" + "x".repeat(99) + "\"")
                .isUnreadable("Expected one JSON object, but got more after it: '" + "x".repeat(60) + "…'");
        assertThat(Read.by(reader, text + "}").kind()).isEqualTo(Reading.Unreadable.class);
    }

    @Test
    void longValueInErrorIsCutBetweenCharacters() {
        String value = "x".repeat(59) + "😀".repeat(20);
        Read.by(new DebeziumReader(0), "{\"op\":\"" + value + "\"}")
                .isUnreadable("Expected op to be c, u, r, d, t or m, but got '" + "x".repeat(59) + "…'");
        Read.by(new NativeJsonReader(), "{\"sequence\":" + "9".repeat(900) + "}")
                .isUnreadable("Expected sequence to be a whole number, but got " + "9".repeat(60) + "…");
    }

    @ParameterizedTest
    @MethodSource("readers")
    void exceededParserLimitIsOneLineError(RecordReader reader) {
        thenTooMuch(reader, "[".repeat(100_000), "Document nesting depth (1001) exceeds the maximum allowed (1000)");
        thenTooMuch(
                reader, "{\"a\":".repeat(5_000), "Document nesting depth (1001) exceeds the maximum allowed (1000)");
        thenTooMuch(reader, "9".repeat(5_000), "Number value length (5000) exceeds the maximum allowed (1000)");
        assertThat(Read.by(reader, "{\"value\":".repeat(5_000)).kind()).isEqualTo(Reading.Unreadable.class);
        assertThat(Read.by(reader, "{\"status\":\"" + "x".repeat(21_000_000) + "\"}")
                        .kind())
                .isEqualTo(Reading.Unreadable.class);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void otherUnicodeEncodingsYieldReading(RecordReader reader) {
        for (String name : List.of("UTF-16", "UTF-16LE", "UTF-32", "UTF-32LE", "windows-1252")) {
            byte[] bytes = LEAST.getBytes(Charset.forName(name));
            for (int length = 0; length <= bytes.length; length++) {
                Read.by(reader, Arrays.copyOf(bytes, length)).hasReadableError();
            }
        }
    }

    private static void thenTooMuch(RecordReader reader, String value, String why) {
        Reading reading = reader.read(utf8("{\"anything\":" + value));
        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        assertThat(((Reading.Unreadable) reading).error())
                .isEqualTo("Expected JSON of a size that can be read, but got more: " + why);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
