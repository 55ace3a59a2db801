package dev.ratchet.stream.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the cache writes to the underlying store, and when. */
class WriteBehindStoreTest {
    private static final int CACHE_ENTRIES = 2;

    private final RecordingStore beneath = new RecordingStore();
    private final WriteBehindStore<String, String> store =
            new WriteBehindStore<>(beneath, CACHE_ENTRIES, value -> !value.equals("end"));

    @BeforeEach
    void open() {
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    }

    @Test
    void valuePutTwiceBeforeCommitIsWrittenOnce() {
        store.put("a", "1");
        store.put("b", "1");
        store.put("a", "2");
        assertThat(beneath.written).isEmpty();
        assertThat(store.get("a")).isEqualTo("2");
        store.flushCache();
        assertThat(beneath.written).containsExactly(KeyValue.pair("a", "2"), KeyValue.pair("b", "1"));
    }

    @Test
    void secondCommitWritesOnlyNewValues() {
        store.put("a", "1");
        store.flushCache();
        store.put("b", "1");
        store.flushCache();
        store.flushCache();
        assertThat(beneath.written).containsExactly(KeyValue.pair("a", "1"), KeyValue.pair("b", "1"));
    }

    @Test
    void readValueIsCached() {
        beneath.put("a", "1");
        assertThat(store.get("a")).isEqualTo("1");
        assertThat(store.get("a")).isEqualTo("1");
        assertThat(beneath.reads).isEqualTo(1);
    }

    @Test
    void deletedValueIsGoneBeforeAndAfterCommit() {
        beneath.put("a", "1");
        store.put("a", null);
        assertThat(store.get("a")).isNull();
        store.flushCache();
        assertThat(store.get("a")).isNull();
        assertThat(beneath.get("a")).isNull();
    }

    @Test
    void commitKeepsOnlyRecentlyUsedValues() {
        store.put("a", "1");
        store.put("b", "1");
        store.put("c", "1");
        assertThat(store.get("a")).isEqualTo("1");
        store.flushCache();
        assertThat(List.of(store.get("c"), store.get("a"))).containsOnly("1");
        assertThat(beneath.reads).isZero();
        assertThat(store.get("b")).isEqualTo("1");
        assertThat(beneath.reads).isEqualTo(1);
    }

    @Test
    void memoryIsBoundedBetweenCommits() {
        for (int i = 0; i < 30_000; i++) {
            store.put("key-" + i, "1");
        }
        assertThat(beneath.written).hasSizeBetween(10_000, 30_000).doesNotHaveDuplicates();
        for (int i = 0; i < 30_000; i++) {
            beneath.put("other-" + i, "1");
            assertThat(store.get("other-" + i)).isEqualTo("1");
        }
        store.flushCache();
        assertThat(beneath.written).hasSize(30_000).doesNotHaveDuplicates();
    }

    @Test
    void uncacheableValueIsDroppedOnCommit() {
        store.put("a", "end");
        assertThat(store.get("a")).isEqualTo("end");
        assertThat(beneath.reads).isZero();
        store.flushCache();
        assertThat(List.of(store.get("a"), store.get("a"))).containsOnly("end");
        assertThat(beneath.reads).isEqualTo(2);
    }

    @Test
    void rangeIncludesUncommittedValues() {
        store.put("a", "1");
        store.put("b", "1");
        store.put("b", null);
        store.put("c", "1");
        List<String> found = new ArrayList<>();
        try (KeyValueIterator<String, String> range = store.range("a", "z")) {
            range.forEachRemaining(entry -> found.add(entry.key));
        }
        assertThat(found).containsExactly("a", "c");
    }

    @Test
    void reopenedStoreHasOnlyCommittedValues() {
        store.put("a", "1");
        store.flushCache();
        store.put("a", "2");
        open();
        assertThat(store.get("a")).isEqualTo("1");
        store.put("a", "3");
        store.close();
        assertThat(beneath.written).containsExactly(KeyValue.pair("a", "1"));
    }

    /** An in-memory store that records reads and writes. */
    private static final class RecordingStore extends WrappedStateStore<KeyValueStore<String, String>, String, String>
            implements KeyValueStore<String, String> {
        private final List<KeyValue<String, String>> written = new ArrayList<>();
        private int reads;

        RecordingStore() {
            super(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("beneath"), Serdes.String(), Serdes.String())
                    .withLoggingDisabled()
                    .build());
        }

        @Override
        public String get(String key) {
            reads++;
            return wrapped().get(key);
        }

        @Override
        public void putAll(List<KeyValue<String, String>> entries) {
            written.addAll(entries);
            wrapped().putAll(entries);
        }

        @Override
        public void put(String key, String value) {
            wrapped().put(key, value);
        }

        @Override
        public String putIfAbsent(String key, String value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String delete(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public KeyValueIterator<String, String> range(String from, String to) {
            return wrapped().range(from, to);
        }

        @Override
        public KeyValueIterator<String, String> all() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long approximateNumEntries() {
            return wrapped().approximateNumEntries();
        }
    }
}
