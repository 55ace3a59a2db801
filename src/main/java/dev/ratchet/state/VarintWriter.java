package dev.ratchet.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.io.BinaryData;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers and text compactly: the format, the count of numbers, the numbers in order, as Avro encodes a long, then the
 * text. Not thread-safe; reused from state to state.
 *
 * <p>All numbers are encoded at the end in one loop: inlining an encoder at each of a state's seventy numbers costs the JIT
 * compiler seconds at every start (docs/performance.md).
 */
final class VarintWriter {
    /** Replaces the length of a text. */
    static final int UUID_FOLLOWS = -1;

    private static final int UUID_LENGTH = 36;

    private static final int LONGEST_NUMBER = 10;

    private long[] numbers = new long[128];
    private int count;
    private ByteBuffer text = ByteBuffer.allocate(512);
    private byte[] packed = new byte[2048];

    VarintWriter number(long value) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = value;
        return this;
    }

    VarintWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        text = ensureCapacity(text, utf8.length).put(utf8);
        return this;
    }

    /** Writes a text that is usually a UUID of 36 characters; a UUID takes 17 bytes. */
    VarintWriter id(String value) {
        UUID id = uuid(value);
        if (id == null) {
            return text(value);
        }
        number(UUID_FOLLOWS);
        text = ensureCapacity(text, 2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return this;
    }

    private static @Nullable UUID uuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return null;
        }
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? id : null;
        } catch (IllegalArgumentException another) { // 36 characters, but not a UUID
            return null;
        }
    }

    <T> VarintWriter list(List<T> items, Consumer<T> each) {
        number(items.size());
        items.forEach(each);
        return this;
    }

    /** Returns everything written since the last call, in the newest format. */
    byte[] take(StateFormat format) {
        int most = 1 + LONGEST_NUMBER * (1 + count) + text.position();
        if (packed.length < most) {
            packed = new byte[2 * most];
        }
        packed[0] = (byte) format.newest();
        int end = 1 + BinaryData.encodeLong(count, packed, 1);
        for (int i = 0; i < count; i++) {
            end += BinaryData.encodeLong(numbers[i], packed, end);
        }
        text.flip().get(packed, end, text.limit());
        byte[] bytes = Arrays.copyOf(packed, end + text.limit());
        count = 0;
        text.clear();
        return bytes;
    }

    private static ByteBuffer ensureCapacity(ByteBuffer buffer, int needed) {
        return buffer.remaining() >= needed
                ? buffer
                : ByteBuffer.allocate(2 * (buffer.position() + needed)).put(buffer.flip());
    }
}
