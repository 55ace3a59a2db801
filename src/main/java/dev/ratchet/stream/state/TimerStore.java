package dev.ratchet.stream.state;

import dev.ratchet.stream.state.Timers.Entry;
import dev.ratchet.stream.state.Timers.TimerType;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Stores timer entries in buckets: entries that were set before the same commit and are due in the same second share
 * one record. Its key is timer type, second and a random number, so that due entries are adjacent.
 */
public final class TimerStore extends WriteBehindStore<Bytes, byte[]> {
    static final long SECOND = 1_000;
    private static final int HEAD = 1 + Long.BYTES;

    private record Slot(TimerType lane, long second) {}

    private final Map<Slot, TimerBucket> open = new LinkedHashMap<>();

    /** In this class because it has the same lifetime, and all processors of a partition have it. */
    private final Map<Byte, Predicate<String>> deferred = new HashMap<>();

    private final Map<Bytes, Supplier<byte @Nullable []>> beforeCommit = new HashMap<>();

    public TimerStore(KeyValueStore<Bytes, byte[]> beneath) {
        super(beneath, 0, written -> false);
    }

    /**
     * Sets which tasks have deferred records of an input partition: timers do not act on them.
     *
     * @param lane first byte of the keys of these records
     */
    public void setDeferred(byte lane, Predicate<String> holdsTask) {
        deferred.put(lane, holdsTask);
    }

    /** Whether a record of this task waits for its schema. */
    public boolean defersTask(String taskId) {
        return deferred.values().stream().anyMatch(holdsTask -> holdsTask.test(taskId));
    }

    /**
     * Writes an entry before each commit, in its transaction. The last call for a key counts.
     *
     * @param value null if it has not changed since the last call
     */
    void writeBeforeCommit(Bytes key, Supplier<byte @Nullable []> value) {
        beforeCommit.put(key, value);
    }

    void add(Entry entry) {
        Slot slot = new Slot(entry.lane(), second(entry.due()));
        TimerBucket bucket = open.computeIfAbsent(slot, same -> new TimerBucket());
        bucket.add(entry);
        if (bucket.isFull()) {
            write(slot, bucket);
            open.remove(slot);
        }
    }

    /** Replaces the entries of a bucket; deletes it if none are left. */
    void keep(Bytes key, List<Entry> entries) {
        if (entries.isEmpty()) {
            put(key, null);
        } else {
            TimerBucket bucket = new TimerBucket();
            entries.forEach(bucket::add);
            put(key, bucket.toBytes());
        }
    }

    @Override
    public void flushCache() {
        open.forEach(this::write);
        open.clear();
        beforeCommit.forEach((key, value) -> {
            byte[] changed = value.get();
            if (changed != null) {
                put(key, changed);
            }
        });
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

    /** The first possible key of a bucket of this second or a later one. */
    public static Bytes from(TimerType lane, long second) {
        return Bytes.wrap(
                ByteBuffer.allocate(HEAD).put(lane.prefix()).putLong(second).array());
    }

    static long second(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(1);
    }

    private void write(Slot slot, TimerBucket bucket) {
        byte[] key = ByteBuffer.allocate(HEAD + Long.BYTES)
                .put(slot.lane().prefix())
                .putLong(slot.second())
                .putLong(ThreadLocalRandom.current().nextLong())
                .array();
        put(Bytes.wrap(key), bucket.toBytes());
    }
}
