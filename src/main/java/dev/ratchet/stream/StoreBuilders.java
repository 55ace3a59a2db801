package dev.ratchet.stream;

import dev.ratchet.watch.Watched;
import dev.ratchet.wire.Captured;
import dev.ratchet.wire.StoreSerdes;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** The stores. Record caching is off: it costs more than it saves (STACK.md), and each change is wanted. */
final class StoreBuilders {
    private static final Duration NO_WIDTH = Duration.ofMillis(1);

    private StoreBuilders() {}

    static StoreBuilder<KeyValueStore<String, Watched>> taskStates() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(Nodes.TASK_STATES), Serdes.String(), StoreSerdes.watched())
                .withCachingDisabled();
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> timers() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(Nodes.TIMERS), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    /** @param kept for how long at least; what is older goes in whole segments, without a write for each */
    static StoreBuilder<WindowStore<String, Captured>> outputs(Duration kept) {
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(Nodes.OUTPUTS, kept, NO_WIDTH, false),
                        Serdes.String(),
                        StoreSerdes.captured())
                .withCachingDisabled();
    }
}
