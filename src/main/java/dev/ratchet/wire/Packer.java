package dev.ratchet.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.ByteUtils;
import org.jspecify.annotations.Nullable;

/** Writes numbers and text one after the other, as short as they go. Not thread-safe; reused from state to state. */
final class Packer {
    /** In place of a text's length. */
    static final int UUID_FOLLOWS = -1;

    private static final int UUID_LENGTH = 36;
    private static final int LONGEST_NUMBER = 10;

    private ByteBuffer out = ByteBuffer.allocate(1024);

    Packer number(long value) {
        room(LONGEST_NUMBER);
        ByteUtils.writeVarlong(value, out);
        return this;
    }

    Packer oneByte(int value) {
        room(1);
        out.put((byte) value);
        return this;
    }

    Packer text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        room(utf8.length);
        out.put(utf8);
        return this;
    }

    /** Text that mostly is a UUID in its usual form, 36 characters: then 17 bytes. */
    Packer id(String text) {
        UUID id = uuid(text);
        if (id == null) {
            return text(text);
        }
        number(UUID_FOLLOWS);
        room(2 * Long.BYTES);
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
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

    <T> Packer list(List<T> items, Consumer<T> each) {
        number(items.size());
        items.forEach(each);
        return this;
    }

    /** All that was written since the last call. */
    byte[] take() {
        byte[] bytes = Arrays.copyOf(out.array(), out.position());
        out.clear();
        return bytes;
    }

    private void room(int needed) {
        if (out.remaining() < needed) {
            out = ByteBuffer.allocate(2 * (out.position() + needed)).put(out.flip());
        }
    }
}
