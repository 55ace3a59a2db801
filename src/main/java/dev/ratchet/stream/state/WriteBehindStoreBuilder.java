package dev.ratchet.stream.state;

import java.util.function.Function;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.AbstractStoreBuilder;

/** Builds {@link WriteBehindStore}s in front of the stores of another builder, whose changelog must be left on. */
public final class WriteBehindStoreBuilder<S extends WriteBehindStore<K, V>, K, V>
        extends AbstractStoreBuilder<K, V, S> {
    private final StoreBuilder<KeyValueStore<K, V>> beneath;
    private final Function<KeyValueStore<K, V>, S> inFront;

    public WriteBehindStoreBuilder(
            StoreBuilder<KeyValueStore<K, V>> beneath, Function<KeyValueStore<K, V>, S> inFront) {
        super(beneath.name(), null, null, Time.SYSTEM);
        this.beneath = beneath;
        this.inFront = inFront;
    }

    @Override
    public S build() {
        return inFront.apply(beneath.build());
    }
}
