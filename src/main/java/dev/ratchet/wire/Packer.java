package dev.ratchet.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.ByteUtils;

/** Writes numbers and text one after the other, as short as they go. Not thread-safe; reused from state to state. */
final class Packer {
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
