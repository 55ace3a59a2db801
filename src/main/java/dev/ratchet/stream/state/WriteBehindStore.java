package dev.ratchet.stream.state;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A write-behind cache in front of a store. Writes are buffered until the next commit, and recent entries stay in
 * memory as objects: an entry that changes several times before the commit is written once, and one that is read again
 * soon is not decoded again.
 *
 * <p>Kafka Streams calls {@link #flushCache} before each commit, so committed entries are in the store and its
 * changelog. Uncommitted entries are lost with the transaction, as they must be. For the stream thread only; an
 * interactive query sees the wrapped store, and so the last committed entries.
 *
 * <p>Kafka Streams' own record cache keeps bytes, and costs more than it saves: docs/performance.md.
 */
public class WriteBehindStore<K, V> extends WrappedStateStore<KeyValueStore<K, V>, K, V> {
    /** Entries in memory beyond the capacity before a write is forced, if no commit comes. */
    private static final int MAX_BUFFERED_ENTRIES = 10_000;

    private final int kept;
    private final Predicate<V> isOfUse;

    private final Map<K, Entry<K, V>> recent = new LinkedHashMap<>(16, 0.75f, true);

    private final List<Entry<K, V>> changed = new ArrayList<>();

    /**
     * @param kept entries that stay in memory after they were written
     * @param isOfUse which entries stay: those not read again soon only cost garbage collection
     */
    public WriteBehindStore(KeyValueStore<K, V> beneath, int kept, Predicate<V> isOfUse) {
        super(beneath);
        this.isOfUse = isOfUse;
        this.kept = kept;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        clearCache(); // a task that is revived after a failure has its old stores
        super.init(context, root);
    }

    @Nullable
    public V get(K key) {
        Entry<K, V> known = recent.get(key);
        if (known != null) {
            return known.value;
        }
        V stored = wrapped().get(key);
        if (stored != null && isOfUse.test(stored)) {
            entry(key).value = stored;
        }
        return stored;
    }

    /**
     * Puts or deletes an entry.
     *
     * @param value null to delete
     */
    public void put(K key, @Nullable V value) {
        Entry<K, V> entry = entry(key);
        entry.value = value;
        if (!entry.isChanged) {
            entry.isChanged = true;
            changed.add(entry);
        }
    }

    /**
     * {@return the entries between two keys}
     *
     * @param from inclusive; null for no limit
     * @param to inclusive; null for no limit
     */
    public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        flushCache();
        return wrapped().range(from, to);
    }

    @Override
    public void flushCache() {
        write();
    }

    private void write() {
        if (!changed.isEmpty()) {
            List<KeyValue<K, V>> written = new ArrayList<>(changed.size());
            for (Entry<K, V> entry : changed) {
                written.add(KeyValue.pair(entry.key, entry.value));
                entry.isChanged = false;
                if (entry.value == null || !isOfUse.test(entry.value)) {
                    recent.remove(entry.key);
                }
            }
            changed.clear();
            wrapped().putAll(written);
        }
        Iterator<?> oldest = recent.values().iterator();
        for (int excess = recent.size() - kept; excess > 0; excess--) {
            oldest.next();
            oldest.remove();
        }
    }

    @Override
    public void clearCache() {
        recent.clear();
        changed.clear();
    }

    @Override
    public void close() {
        clearCache();
        super.close();
    }

    private Entry<K, V> entry(K key) {
        if (recent.size() >= kept + MAX_BUFFERED_ENTRIES) {
            write();
        }
        return recent.computeIfAbsent(key, Entry::new);
    }

    private static final class Entry<K, V> {
        private final K key;
        private @Nullable V value;
        private boolean isChanged;

        Entry(K key) {
            this.key = key;
        }
    }
}
