package dev.ratchet.stream.deadletter;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.task.TextLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Creates dead letters: key, value and headers unchanged, plus the headers of KIP-1034 and a category. What exceeds the
 * topic's message size is cut, and a header gives the original length.
 */
public final class DeadLetters {
    public static final String CATEGORY = "ratchet.category";

    /** On a cut value: its full length in bytes. */
    public static final String TRUNCATED_VALUE = "ratchet.truncated.value";

    /** On a cut key: its full length in bytes. */
    public static final String TRUNCATED_KEY = "ratchet.truncated.key";

    public static final String DROPPED_HEADERS = "ratchet.dropped.headers";

    private static final String ERRORS = "__streams.errors.";

    /** The topic that the record was read from. */
    public static final String TOPIC = ERRORS + "topic";

    /** Reserved for our own headers and the batch header, in bytes. */
    private static final int RESERVED = 4_096;

    /** Bytes of a key that a message quotes: enough for any id. */
    private static final int MOST_SHOWN = 3 * TextLimits.ID;

    private final int room;

    /** @param maxMessageBytes maximum record size of topic and producer, in bytes */
    public DeadLetters(int maxMessageBytes) {
        this.room = Math.max(0, maxMessageBytes - RESERVED);
    }

    public Record<byte @Nullable [], byte @Nullable []> of(
            Record<byte[], byte[]> read, RecordMetadata from, DeadLetterCategory category, String error, long now) {
        RecordHeaders headers = new RecordHeaders();
        int kept = keep(read.headers(), room / 4, headers);
        // After the original headers, because the last one of a name counts: a dead letter that is sent again has them
        // too.
        put(headers, CATEGORY, category.name());
        put(headers, ERRORS + "exception", DeadLetterCategory.class.getName() + "." + category);
        put(headers, ERRORS + "message", TextLimits.cut(error, TextLimits.MESSAGE));
        put(headers, TOPIC, from.topic());
        put(headers, ERRORS + "partition", Integer.toString(from.partition()));
        put(headers, ERRORS + "offset", Long.toString(from.offset()));
        byte[] key = cut(read.key(), room / 2, TRUNCATED_KEY, headers);
        byte[] value = cut(read.value(), room - length(key) - kept, TRUNCATED_VALUE, headers);
        return new Record<>(key, value, now, headers);
    }

    /** {@return a key for an error message; the start of a long one} */
    public static String quote(byte @Nullable [] key) {
        if (key == null) {
            return "none";
        }
        String text = new String(key, 0, Math.min(key.length, MOST_SHOWN), StandardCharsets.UTF_8);
        return key.length <= MOST_SHOWN ? "'" + text + "'" : "'" + text + "…' of " + key.length + " bytes";
    }

    /** Whether a dead letter has this header beside those of the original record. */
    public static boolean isAdded(String header) {
        return header.startsWith(ERRORS)
                || List.of(CATEGORY, TRUNCATED_VALUE, TRUNCATED_KEY, DROPPED_HEADERS)
                        .contains(header);
    }

    private static int keep(Headers original, int limit, RecordHeaders headers) {
        int size = 0;
        int count = 0;
        for (Header header : original) {
            size += header.key().length() * 3 + length(header.value()) + 10;
            count++;
        }
        if (size > limit) {
            put(headers, DROPPED_HEADERS, Integer.toString(count));
            return 0;
        }
        original.forEach(headers::add);
        return size;
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int limit, String header, RecordHeaders headers) {
        if (bytes == null || bytes.length <= limit) {
            return bytes;
        }
        put(headers, header, Integer.toString(bytes.length));
        return Arrays.copyOf(bytes, limit);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static void put(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
