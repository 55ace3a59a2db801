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

/** Reads what {@link Packer} packed, in the same order.  */
final class Unpacker {
    private final int version;
    private final long[] numbers;
    private int next;
    private final ByteBuffer text;

    private Unpacker(byte[] bytes) {
        text = ByteBuffer.wrap(bytes);
        version = text.get();
        int count = ByteUtils.readVarint(text);
        if (count > text.remaining()) {
            throw new BufferUnderflowException();
        }
        numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = ByteUtils.readVarlong(text);
        }
    }

    /**
     * Reads bytes to their end.
     *
     * @param oldest the first format that the reader still reads; which one it is, {@link #version} says
     * @param newest the one that is written now
     * @throws SerializationException if they are of another format, or broken
     */
    static <T> T whole(byte[] bytes, int oldest, int newest, Function<Unpacker, T> reader) {
        if (bytes.length == 0 || bytes[0] < oldest || bytes[0] > newest) {
            throw new SerializationException("Expected state in " + formats(oldest, newest) + ", but got "
                    + (bytes.length == 0 ? "nothing" : "format " + bytes[0] + ", which another version wrote"));
        }
        try {
            Unpacker in = new Unpacker(bytes);
            T read = reader.apply(in);
            if (in.next < in.numbers.length || in.text.hasRemaining()) {
                throw new SerializationException("Expected state to end, but there are more bytes");
            }
            return read;
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | BufferUnderflowException
                | ArithmeticException broken) {
            throw new SerializationException(
                    "Expected state in " + formats(oldest, newest) + ", but got broken bytes", broken);
        }
    }

    /** As {@link #whole(byte[], int, int, Function)}, of one format only. */
    static <T> T whole(byte[] bytes, int version, Function<Unpacker, T> reader) {
        return whole(bytes, version, version, reader);
    }

    private static String formats(int oldest, int newest) {
        return "format " + (oldest == newest ? newest : oldest + " to " + newest);
    }

    /** The format that these bytes are in. */
    int version() {
        return version;
    }

    long number() {
        return numbers[next++];
    }

    int count() {
        return Math.toIntExact(number());
    }

    String id() {
        int length = count();
        return length == Packer.UUID_FOLLOWS ? new UUID(text.getLong(), text.getLong()).toString() : text(length);
    }

    String text() {
        return text(count());
    }

    private String text(int length) {
        String value = new String(text.array(), text.position(), length, StandardCharsets.UTF_8);
        text.position(text.position() + length);
        return value;
    }

    <T> List<T> list(Supplier<T> each) {
        int size = count();
        List<T> items = new ArrayList<>(Math.min(size, numbers.length));
        for (int i = 0; i < size; i++) {
            items.add(each.get());
        }
        return items;
    }
}
