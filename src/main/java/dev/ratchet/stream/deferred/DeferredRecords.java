package dev.ratchet.stream.deferred;

import dev.ratchet.stream.state.TimerBudget;
import dev.ratchet.stream.state.TimerStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * Records of one input partition that wait for their schemas, in the order of their offsets. They are in the store of
 * the timers, under keys of their own, so they survive a restart. Their schema ids and keys are also in memory.
 */
public final class DeferredRecords {
    /** Limits for one input partition: ten seconds of 5,000 records/s, or 32 MiB. */
    static final int MAX_RECORDS = 50_000;

    public static final long MAX_BYTES = 32L << 20;

    private static final int HEAD = 1 + Long.BYTES;

    private final TimerStore store;
    private final byte inputId;
    private final Map<Integer, Integer> schemas = new HashMap<>();
    private final Map<Bytes, Integer> keys = new HashMap<>();
    private int count;
    private long bytes;
    private long oldest;

    /** Where the next call continues after the budget ended a pass, and what must wait in this pass. */
    private long next;

    private final Set<Integer> waitingSchemas = new HashSet<>();
    private final Set<Bytes> waitingKeys = new HashSet<>();

    /** @param inputId first byte of the keys in the store, unique to this input */
    DeferredRecords(TimerStore store, byte inputId) {
        this.store = store;
        this.inputId = inputId;
        store.setDeferred(inputId, taskId -> count > 0 && holdsKey(taskId.getBytes(StandardCharsets.UTF_8)));
        try (KeyValueIterator<Bytes, byte[]> all = store.range(key(0), key(Long.MAX_VALUE))) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> one = all.next();
                note(DeferredRecord.of(offset(one.key), one.value), one.value.length);
            }
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** Whether half of the capacity is used: the rest is for records that can only be saved by waiting. */
    boolean isHalfFull() {
        return count >= MAX_RECORDS / 2 || bytes >= MAX_BYTES / 2;
    }

    /** {@return when the oldest was deferred, ms; of all since the last time there was none} */
    long oldest() {
        return oldest;
    }

    /** Whether a record with this key waits: later ones must not overtake it. */
    boolean holdsKey(byte @Nullable [] key) {
        return count > 0 && key != null && keys.containsKey(Bytes.wrap(key));
    }

    Set<Integer> schemas() {
        return schemas.keySet();
    }

    int count(Collection<Integer> ids) {
        return ids.stream().mapToInt(id -> schemas.getOrDefault(id, 0)).sum();
    }

    /** {@return false if the capacity is exhausted} */
    boolean add(DeferredRecord record) {
        byte[] value = record.toBytes();
        if (count >= MAX_RECORDS || bytes + value.length > MAX_BYTES) {
            return false;
        }
        store.put(key(record.offset()), value);
        note(record, value.length);
        return true;
    }

    /**
     * Processes all records again, in order, and removes those that are processed.
     *
     * @param attempt returns whether a record is processed; if not, it still waits, and so do later records with its
     *     schema or key
     * @return whether all were tried; if not, the budget is used up, and the next call continues
     */
    boolean retry(TimerBudget.Turn turn, Predicate<DeferredRecord> attempt) {
        try (KeyValueIterator<Bytes, byte[]> all = store.range(key(next), key(Long.MAX_VALUE))) {
            while (all.hasNext() && waitingSchemas.size() < schemas.size()) {
                KeyValue<Bytes, byte[]> one = all.next();
                next = offset(one.key);
                if (!turn.take()) {
                    return false;
                }
                DeferredRecord record = DeferredRecord.of(next, one.value);
                if (isWaiting(record)) {
                    waitingKeys.add(index(record));
                } else if (attempt.test(record)) {
                    remove(record, one.value.length);
                } else {
                    waitingSchemas.add(record.schema());
                    waitingKeys.add(index(record));
                }
            }
        }
        next = 0;
        waitingSchemas.clear();
        waitingKeys.clear();
        return true;
    }

    private boolean isWaiting(DeferredRecord record) {
        return waitingSchemas.contains(record.schema()) || waitingKeys.contains(index(record));
    }

    private void note(DeferredRecord record, int size) {
        oldest = count == 0 ? record.since() : Math.min(oldest, record.since());
        count++;
        bytes += size;
        schemas.merge(record.schema(), 1, Integer::sum);
        keys.merge(index(record), 1, Integer::sum);
    }

    private void remove(DeferredRecord record, int size) {
        store.put(key(record.offset()), null);
        count--;
        bytes -= size;
        schemas.computeIfPresent(record.schema(), (id, before) -> before == 1 ? null : before - 1);
        keys.computeIfPresent(index(record), (key, before) -> before == 1 ? null : before - 1);
    }

    /** A record without a key has a unique index: it waits for no other. */
    private static Bytes index(DeferredRecord record) {
        byte[] key = record.read().key();
        return Bytes.wrap(
                key != null
                        ? key
                        : ByteBuffer.allocate(Long.BYTES)
                                .putLong(record.offset())
                                .array());
    }

    private Bytes key(long offset) {
        return Bytes.wrap(ByteBuffer.allocate(HEAD).put(inputId).putLong(offset).array());
    }

    private static long offset(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(1);
    }
}
