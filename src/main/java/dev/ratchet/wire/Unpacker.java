package dev.ratchet.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.ByteUtils;

/** Reads what {@link Packer} wrote, in the same order. Fails with an unchecked exception where the bytes do not fit. */
final class Unpacker {
    private final ByteBuffer in;

    Unpacker(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
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

    String text() {
        int length = count();
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

    boolean isAtEnd() {
        return !in.hasRemaining();
    }
}
