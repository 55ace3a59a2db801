package dev.ratchet.stream.deferred;

import dev.ratchet.state.StateFormat;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * An input record that waits for its schema, unchanged.
 *
 * @param offset on its input partition
 * @param since when it was deferred, ms
 */
public record DeferredRecord(long offset, long since, Record<byte[], byte[]> read) {
    private static final StateFormat FORMAT = new StateFormat("record that waits for its schema", 1, 1);

    private static final int HEAD = 1 + 2 * Long.BYTES;
    private static final int NONE = -1;

    /** {@return its schema id; -1 if its value has none} */
    public int schema() {
        return schema(read.value());
    }

    /** {@return the schema id of a value in Confluent's format; -1 if it has none} */
    public static int schema(byte @Nullable [] value) {
        boolean hasId = value != null && value.length > Integer.BYTES && value[0] == 0;
        return hasId ? ByteBuffer.wrap(value, 1, Integer.BYTES).getInt() : NONE;
    }

    int size() {
        return size(parts());
    }

    /** {@return everything but the offset} */
    byte[] toBytes() {
        List<byte @Nullable []> parts = parts();
        ByteBuffer out = ByteBuffer.allocate(size(parts))
                .put((byte) FORMAT.newest())
                .putLong(since)
                .putLong(read.timestamp());
        for (byte[] part : parts) {
            out.putInt(part == null ? NONE : part.length);
            if (part != null) {
                out.put(part);
            }
        }
        return out.array();
    }

    private List<byte @Nullable []> parts() {
        List<byte @Nullable []> parts = new ArrayList<>();
        parts.add(read.key());
        parts.add(read.value());
        for (Header header : read.headers()) {
            parts.add(header.key().getBytes(StandardCharsets.UTF_8));
            parts.add(header.value());
        }
        return parts;
    }

    private static int size(List<byte @Nullable []> parts) {
        int size = HEAD;
        for (byte[] part : parts) {
            size += Integer.BYTES + (part == null ? 0 : part.length);
        }
        return size;
    }

    static DeferredRecord of(long offset, byte[] bytes) {
        if (bytes.length == 0) {
            throw FORMAT.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        FORMAT.check(in.get());
        try {
            return read(offset, in);
        } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException damaged) {
            throw FORMAT.broken(damaged);
        }
    }

    private static DeferredRecord read(long offset, ByteBuffer in) {
        long since = in.getLong();
        long timestamp = in.getLong();
        byte[] key = part(in);
        byte[] value = part(in);
        RecordHeaders headers = new RecordHeaders();
        while (in.hasRemaining()) {
            byte[] name = part(in);
            headers.add(
                    new RecordHeader(new String(name == null ? new byte[0] : name, StandardCharsets.UTF_8), part(in)));
        }
        return new DeferredRecord(offset, since, new Record<>(key, value, timestamp, headers));
    }

    private static byte @Nullable [] part(ByteBuffer in) {
        int length = in.getInt();
        if (length == NONE) {
            return null;
        }
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }
}
