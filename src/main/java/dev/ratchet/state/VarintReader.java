package dev.ratchet.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads what {@link VarintWriter} wrote, in the same order. */
final class VarintReader {
    private final int format;
    private final long[] numbers;
    private int next;
    private final ByteBuffer text;

    private VarintReader(byte[] bytes) {
        text = ByteBuffer.wrap(bytes);
        format = text.get();
        int count = Math.toIntExact(next(text));
        if (count > text.remaining()) {
            throw new BufferUnderflowException();
        }
        numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = next(text);
        }
    }

    /**
     * Reads a whole value.
     *
     * @param formats the readable formats; {@link #format} returns the one of the bytes
     * @throws UnreadableStateException if the format is unknown, or the bytes are damaged
     */
    static <T> T readAll(byte[] bytes, StateFormat formats, Function<VarintReader, T> reader) {
        if (bytes.length == 0) {
            throw formats.empty();
        }
        formats.check(bytes[0]);
        try {
            VarintReader in = new VarintReader(bytes);
            T read = reader.apply(in);
            if (in.next < in.numbers.length || in.text.hasRemaining()) {
                throw new IllegalArgumentException("more bytes follow");
            }
            return read;
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | BufferUnderflowException
                | ArithmeticException broken) {
            throw formats.broken(broken);
        }
    }

    int format() {
        return format;
    }

    long number() {
        return numbers[next++];
    }

    int count() {
        return Math.toIntExact(number());
    }

    String id() {
        int length = count();
        return length == VarintWriter.UUID_FOLLOWS ? new UUID(text.getLong(), text.getLong()).toString() : text(length);
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

    /** @throws IllegalArgumentException if it is longer than any number */
    private static long next(ByteBuffer in) {
        long raw = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            raw |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return (raw >>> 1) ^ -(raw & 1); // zigzag
            }
        }
        throw new IllegalArgumentException("Expected a number of at most 10 bytes, but it is longer");
    }
}
