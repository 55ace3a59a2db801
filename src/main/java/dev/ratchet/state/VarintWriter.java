package dev.ratchet.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers and text compactly: the format, the count of numbers, the numbers in order, then the text. Not thread-safe;
 * reused from state to state.
 *
 * <p>All numbers are encoded at the end in one loop: inlining an encoder at each of a state's seventy numbers costs the JIT
 * compiler seconds at every start (docs/performance.md).
 */
final class VarintWriter {
    /** Replaces the length of a text. */
    static final int UUID_FOLLOWS = -1;

    private static final int UUID_LENGTH = 36;

    private long[] numbers = new long[128];
    private int count;
    private ByteBuffer text = ByteBuffer.allocate(512);
    private ByteBuffer packed = ByteBuffer.allocate(2048);

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
        packed = ensureCapacity(packed, 1 + Varints.LONGEST * (1 + count) + text.position());
        packed.put((byte) format.newest());
        Varints.write(count, packed);
        for (int i = 0; i < count; i++) {
            Varints.write(numbers[i], packed);
        }
        packed.put(text.flip());
        byte[] bytes = Arrays.copyOf(packed.array(), packed.position());
        count = 0;
        text.clear();
        packed.clear();
        return bytes;
    }

    private static ByteBuffer ensureCapacity(ByteBuffer buffer, int needed) {
        return buffer.remaining() >= needed
                ? buffer
                : ByteBuffer.allocate(2 * (buffer.position() + needed)).put(buffer.flip());
    }
}
