package dev.ratchet.stream;

import dev.ratchet.watch.Watched;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * The timers of one partition, in a store whose keys are lane, due time and task id, so that what is due lies together.
 * A lane remembers where its first entry may be: before it lie the graves of those that fired, which are slow to walk over.
 */
final class Timers {
    /** What an entry is for. Audits have a lane of their own: they may have to wait, and must not hold up the rest. */
    enum Lane {
        TASK((byte) 1),
        AUDIT((byte) 2);

        private final byte prefix;

        Lane(byte prefix) {
            this.prefix = prefix;
        }
    }

    /** An entry: so it was written. */
    record Entry(Lane lane, long due, String taskId) {}

    private static final byte[] NOTHING = new byte[0];
    private static final int HEAD = 1 + Long.BYTES;

    private final GatheringStore<Bytes, byte[]> store;

    /** By lane: nothing is due before. None until the first look: what the store has kept may be due since long. */
    private final Map<Lane, Long> from = new EnumMap<>(Lane.class);

    Timers(GatheringStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Moves a task's entry; either time may be {@link Watched#NEVER}, which is no entry. */
    void move(Lane lane, String taskId, long before, long after) {
        if (before == after) {
            return;
        }
        if (before != Watched.NEVER) {
            store.put(key(lane, before, taskId), null);
        }
        if (after != Watched.NEVER) {
            store.put(key(lane, after, taskId), NOTHING);
            lookFrom(lane, after);
        }
    }

    /** Takes away an entry that no task knows of. */
    void remove(Entry entry) {
        store.put(key(entry.lane(), entry.due(), entry.taskId()), null);
    }

    /** The entries that are due, the first ones first. They stay. */
    List<Entry> due(Lane lane, long now, int most) {
        List<Entry> due = entries(lane, from.getOrDefault(lane, 0L), now, most);
        from.put(lane, due.size() < most ? now + 1 : due.get(most - 1).due());
        return due;
    }

    /** The entries from a time on, the first ones first, however far ahead they are. */
    List<Entry> ahead(Lane lane, long time, int most) {
        return entries(lane, time, Watched.NEVER - 1, most);
    }

    /** An entry of this time was left for the next look. */
    void lookFrom(Lane lane, long time) {
        from.computeIfPresent(lane, (same, first) -> Math.min(first, time));
    }

    private List<Entry> entries(Lane lane, long first, long last, int most) {
        List<Entry> entries = new ArrayList<>();
        if (first > last) {
            return entries; // it was all looked at in this very millisecond
        }
        try (KeyValueIterator<Bytes, byte[]> found = store.range(key(lane, first, ""), key(lane, last + 1, ""))) {
            while (entries.size() < most && found.hasNext()) {
                KeyValue<Bytes, byte[]> next = found.next();
                Entry entry = entry(lane, next.key.get());
                if (entry.due() <= last) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    private static Bytes key(Lane lane, long due, String taskId) {
        byte[] id = taskId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(HEAD + id.length)
                .put(lane.prefix)
                .putLong(due)
                .put(id)
                .array());
    }

    private static Entry entry(Lane lane, byte[] key) {
        long due = ByteBuffer.wrap(key).getLong(1);
        return new Entry(lane, due, new String(key, HEAD, key.length - HEAD, StandardCharsets.UTF_8));
    }
}
