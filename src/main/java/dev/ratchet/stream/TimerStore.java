package dev.ratchet.stream;

import dev.ratchet.stream.Timers.Entry;
import dev.ratchet.stream.Timers.Lane;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Entries of timers, in groups: those that were set before the same commit and are due within the same second share one
 * record of the store. Its key is the lane, the second and a number of its own, so that what is due lies together.
 */
final class TimerStore extends WriteBehindStore<Bytes, byte[]> {
    static final long SECOND = 1_000;
    private static final int HEAD = 1 + Long.BYTES;

    private record Slot(Lane lane, long second) {}

    private final Map<Slot, TimerBucket> open = new LinkedHashMap<>();

    /** Kept here, too, since it lives as long, and all processors of a partition have it. */
    private final Map<Byte, DeferredRecords> deferred = new HashMap<>();

    TimerStore(KeyValueStore<Bytes, byte[]> beneath) {
        super(beneath, 0, written -> false);
    }

    /** @param lane first byte of their keys */
    void setDeferred(byte lane, DeferredRecords records) {
        deferred.put(lane, records);
    }

    /** Whether a record of this task waits for its schema. */
    boolean defersTask(String taskId) {
        if (deferred.values().stream().allMatch(DeferredRecords::isEmpty)) {
            return false;
        }
        byte[] key = taskId.getBytes(StandardCharsets.UTF_8);
        return deferred.values().stream().anyMatch(records -> records.holdsKey(key));
    }

    void add(Entry entry) {
        Slot slot = new Slot(entry.lane(), second(entry.due()));
        TimerBucket group = open.computeIfAbsent(slot, same -> new TimerBucket());
        group.add(entry);
        if (group.isFull()) {
            write(slot, group);
            open.remove(slot);
        }
    }

    /** What is to stay of a group that was looked at; nothing, if none. */
    void keep(Bytes key, List<Entry> entries) {
        if (entries.isEmpty()) {
            put(key, null);
        } else {
            TimerBucket group = new TimerBucket();
            entries.forEach(group::add);
            put(key, group.toBytes());
        }
    }

    @Override
    public void flushCache() {
        open.forEach(this::write);
        open.clear();
        super.flushCache();
    }

    @Override
    public void clearCache() {
        open.clear();
        super.clearCache();
    }

    static long second(long time) {
        return time - Math.floorMod(time, SECOND);
    }

    /** The first key that a group of this second or a later one can have. */
    static Bytes from(Lane lane, long second) {
        return Bytes.wrap(
                ByteBuffer.allocate(HEAD).put(lane.prefix()).putLong(second).array());
    }

    static long second(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(1);
    }

    private void write(Slot slot, TimerBucket group) {
        byte[] key = ByteBuffer.allocate(HEAD + Long.BYTES)
                .put(slot.lane().prefix())
                .putLong(slot.second())
                .putLong(ThreadLocalRandom.current().nextLong())
                .array();
        put(Bytes.wrap(key), group.toBytes());
    }
}
