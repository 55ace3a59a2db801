package dev.ratchet.stream.store;

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
 * A store whose writes are gathered until the next commit, and whose recent entries stay in memory as objects: what is
 * written again before the commit is written once, and what is read again soon is not decoded again.
 *
 * <p>Kafka Streams calls {@link #flushCache} before each commit, so what is committed is in the store and its changelog.
 * What is not is lost with the transaction, as it must be. For the stream thread only; a query of another thread's sees
 * the store beneath, and so what was last committed.
 *
 * <p>Not Streams' own record caching, which keeps bytes, and costs more than it saves: docs/performance.md.
 */
public class WriteBehindStore<K, V> extends WrappedStateStore<KeyValueStore<K, V>, K, V> {
    /** However long a commit takes to come, so many entries more than are kept may be in memory. */
    private static final int MOST_GATHERED = 10_000;

    private final int kept;
    private final Predicate<V> isOfUse;

    /** The one longest not used comes first. */
    private final Map<K, Entry<K, V>> recent = new LinkedHashMap<>(16, 0.75f, true);

    private final List<Entry<K, V>> changed = new ArrayList<>();

    /**
     * @param kept how many entries stay in memory after they were written
     * @param isOfUse which: what is not read again soon only makes work for the garbage collector
     */
    public WriteBehindStore(KeyValueStore<K, V> beneath, int kept, Predicate<V> isOfUse) {
        super(beneath);
        this.isOfUse = isOfUse;
        this.kept = kept;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        clearCache(); // a task that is revived after a failure comes with the stores it had
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
     * Puts an entry, or deletes one.
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
     * {@return the entries from one key to another}
     *
     * @param to inclusive; null for no end, as for the beginning
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
        if (recent.size() >= kept + MOST_GATHERED) {
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
