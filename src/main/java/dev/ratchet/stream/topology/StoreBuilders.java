package dev.ratchet.stream.topology;

import dev.ratchet.state.CapturedOutput;
import dev.ratchet.state.StoreSerdes;
import dev.ratchet.stream.TopologyNames;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.stream.state.TransactionalStore;
import dev.ratchet.stream.state.WriteBehindStore;
import dev.ratchet.stream.state.WriteBehindStoreBuilder;
import dev.ratchet.task.deadline.TrackedTask;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds the stores. Record caching is off: it keeps bytes, decodes at every read, and would merge changes. */
final class StoreBuilders {
    private StoreBuilders() {}

    static StoreBuilder<WriteBehindStore<String, TrackedTask>> taskStates(int kept, boolean transactional) {
        return new WriteBehindStoreBuilder<>(
                Stores.keyValueStoreBuilder(
                        bytes(TopologyNames.TASK_STATES, transactional), Serdes.String(), StoreSerdes.tracked()),
                store -> new WriteBehindStore<>(store, kept, TrackedTask::isLive));
    }

    static StoreBuilder<TimerStore> timers(boolean transactional) {
        return new WriteBehindStoreBuilder<>(
                Stores.keyValueStoreBuilder(
                        bytes(TopologyNames.TIMERS, transactional), Serdes.Bytes(), Serdes.ByteArray()),
                TimerStore::new);
    }

    static StoreBuilder<KeyValueStore<String, CapturedOutput>> outputs(boolean transactional) {
        return Stores.keyValueStoreBuilder(
                bytes(TopologyNames.OUTPUTS, transactional), Serdes.String(), StoreSerdes.captured());
    }

    private static KeyValueBytesStoreSupplier bytes(String name, boolean transactional) {
        return transactional ? TransactionalStore.supplier(name) : Stores.persistentKeyValueStore(name);
    }
}
