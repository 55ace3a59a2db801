package dev.ratchet.stream.state;

import dev.ratchet.state.StateFormat;
import dev.ratchet.stream.state.Timers.Entry;
import dev.ratchet.stream.state.Timers.TimerType;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes timer entries of one type and second: for each, the millisecond within the second, the length of the task id,
 * and the task id.
 */
public final class TimerBucket {
    /**
     * The first byte of a bucket is that of a millisecond below 1,000, so 0 to 3: these are the numbers of the first
     * format. A later format must begin with its number, 4 or more.
     */
    private static final StateFormat FORMAT = new StateFormat("timers", 0, 3);

    private static final int FULL = 200;
    private static final int HEAD = Short.BYTES + Integer.BYTES;

    private ByteBuffer bytes = ByteBuffer.allocate(512);
    private int size;

    public void add(Entry entry) {
        byte[] id = entry.taskId().getBytes(StandardCharsets.UTF_8);
        if (bytes.remaining() < HEAD + id.length) {
            bytes = ByteBuffer.allocate(2 * (bytes.position() + HEAD + id.length))
                    .put(bytes.flip());
        }
        bytes.putShort((short) (entry.due() - TimerStore.second(entry.due())))
                .putInt(id.length)
                .put(id);
        size++;
    }

    /** Limits the work of one tick. */
    public boolean isFull() {
        return size >= FULL;
    }

    public byte[] toBytes() {
        byte[] all = new byte[bytes.position()];
        bytes.get(0, all);
        return all;
    }

    /**
     * {@return the entries of a bucket}
     *
     * @throws dev.ratchet.state.UnreadableStateException if the bucket has another format, or is corrupt
     */
    public static List<Entry> entries(TimerType lane, long second, byte[] bucket) {
        if (bucket.length == 0) {
            throw FORMAT.empty();
        }
        try {
            FORMAT.check(bucket[0]);
            return read(lane, second, bucket);
        } catch (BufferUnderflowException | NegativeArraySizeException | IndexOutOfBoundsException broken) {
            throw FORMAT.broken(broken);
        }
    }

    private static List<Entry> read(TimerType lane, long second, byte[] bucket) {
        List<Entry> entries = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bucket);
        while (in.hasRemaining()) {
            long due = second + in.getShort();
            byte[] id = new byte[Math.min(in.getInt(), in.remaining() + 1)]; // no more memory than there are bytes
            in.get(id);
            entries.add(new Entry(lane, due, new String(id, StandardCharsets.UTF_8)));
        }
        return entries;
    }
}
