package dev.ratchet.stream;

import dev.ratchet.watch.Watched;
import dev.ratchet.wire.Captured;
import dev.ratchet.wire.StoreSerdes;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores. Record caching is off: it keeps bytes and decodes at every read, and each change is wanted. */
final class StoreBuilders {
    private StoreBuilders() {}

    static StoreBuilder<GatheringStore<String, Watched>> taskStates(int kept, boolean transactional) {
        return new Gathering<>(
                Stores.keyValueStoreBuilder(
                                bytes(Nodes.TASK_STATES, transactional), Serdes.String(), StoreSerdes.watched())
                        .withCachingDisabled(),
                store -> new GatheringStore<>(store, kept, Watched::isLive));
    }

    static StoreBuilder<TimerStore> timers(boolean transactional) {
        return new Gathering<>(
                Stores.keyValueStoreBuilder(bytes(Nodes.TIMERS, transactional), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingDisabled(),
                TimerStore::new);
    }

    static StoreBuilder<KeyValueStore<String, Captured>> outputs(boolean transactional) {
        return Stores.keyValueStoreBuilder(bytes(Nodes.OUTPUTS, transactional), Serdes.String(), StoreSerdes.captured())
                .withCachingDisabled();
    }

    private static KeyValueBytesStoreSupplier bytes(String name, boolean transactional) {
        return transactional ? TransactionalStore.supplier(name) : Stores.persistentKeyValueStore(name);
    }
}
