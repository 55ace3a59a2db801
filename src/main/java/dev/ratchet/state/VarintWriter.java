package dev.ratchet.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Packs numbers and text as short as they go: the format, how many numbers there are, the numbers in the order they came,
 * then the text. Not thread-safe; reused from state to state.
 *
 * <p>Numbers are encoded at the end, all in one loop: an encoder at each of a state's seventy numbers costs the JVM's
 * compiler seconds at every start (docs/performance.md).
 */
final class VarintWriter {
    /** In place of a text's length. */
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
        text = withRoom(text, utf8.length).put(utf8);
        return this;
    }

    /** Text that mostly is a UUID in its usual form, 36 characters: then 17 bytes. */
    VarintWriter id(String value) {
        UUID id = uuid(value);
        if (id == null) {
            return text(value);
        }
        number(UUID_FOLLOWS);
        text = withRoom(text, 2 * Long.BYTES)
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
        } catch (IllegalArgumentException another) { // as long as one, but none
            return null;
        }
    }

    <T> VarintWriter list(List<T> items, Consumer<T> each) {
        number(items.size());
        items.forEach(each);
        return this;
    }

    /** All that was packed since the last call, in the newest format. */
    byte[] take(StateFormat format) {
        packed = withRoom(packed, 1 + Varints.LONGEST * (1 + count) + text.position());
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

    private static ByteBuffer withRoom(ByteBuffer buffer, int needed) {
        return buffer.remaining() >= needed
                ? buffer
                : ByteBuffer.allocate(2 * (buffer.position() + needed)).put(buffer.flip());
    }
}
