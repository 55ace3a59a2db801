package dev.ratchet.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.ByteUtils;

/** Reads what {@link Packer} wrote, in the same order.  */
final class Unpacker {
    private final ByteBuffer in;

    Unpacker(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    /**
     * Reads bytes to their end.
     *
     * @param version what their first must be
     * @throws SerializationException if another version wrote them, or they are broken
     */
    static <T> T whole(byte[] bytes, int version, Function<Unpacker, T> reader) {
        if (bytes.length == 0 || bytes[0] != version) {
            throw new SerializationException("Expected state in format " + version + ", but got "
                    + (bytes.length == 0 ? "nothing" : "format " + bytes[0] + ", which another version wrote"));
        }
        Unpacker in = new Unpacker(bytes);
        in.oneByte();
        try {
            T read = reader.apply(in);
            if (in.in.hasRemaining()) {
                throw new SerializationException("Expected state to end, but there are more bytes");
            }
            return read;
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | BufferUnderflowException
                | ArithmeticException broken) {
            throw new SerializationException("Expected state in format " + version + ", but got broken bytes", broken);
        }
    }

    long number() {
        return ByteUtils.readVarlong(in);
    }

    int count() {
        return Math.toIntExact(number());
    }

    int oneByte() {
        return in.get();
    }

    String id() {
        int length = count();
        return length == Packer.UUID_FOLLOWS ? new UUID(in.getLong(), in.getLong()).toString() : text(length);
    }

    String text() {
        return text(count());
    }

    private String text(int length) {
        String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    <T> List<T> list(Supplier<T> each) {
        int size = count();
        List<T> items = new ArrayList<>(Math.min(size, in.remaining()));
        for (int i = 0; i < size; i++) {
            items.add(each.get());
        }
        return items;
    }
}
