package dev.ratchet.stream;

import dev.ratchet.stream.Timers.Entry;
import dev.ratchet.stream.Timers.Lane;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Entries of one lane and second as bytes: for each the millisecond of the second, the length of the task id, and that. */
final class TimerGroup {
    private static final int FULL = 200;
    private static final int HEAD = Short.BYTES + Integer.BYTES;

    private ByteBuffer bytes = ByteBuffer.allocate(512);
    private int size;

    void add(Entry entry) {
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

    /** So that one tick need not do more than it may. */
    boolean isFull() {
        return size >= FULL;
    }

    byte[] toBytes() {
        byte[] all = new byte[bytes.position()];
        bytes.get(0, all);
        return all;
    }

    static List<Entry> entries(Lane lane, long second, byte[] group) {
        List<Entry> entries = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(group);
        while (in.hasRemaining()) {
            long due = second + in.getShort();
            byte[] id = new byte[in.getInt()];
            in.get(id);
            entries.add(new Entry(lane, due, new String(id, StandardCharsets.UTF_8)));
        }
        return entries;
    }
}
