package dev.ratchet.stream.state;

import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds {@link WriteBehindStore}s in front of the stores of another builder. */
public final class WriteBehindStoreBuilder<S extends WriteBehindStore<K, V>, K, V> implements StoreBuilder<S> {
    private final StoreBuilder<KeyValueStore<K, V>> beneath;
    private final Function<KeyValueStore<K, V>, S> inFront;

    public WriteBehindStoreBuilder(
            StoreBuilder<KeyValueStore<K, V>> beneath, Function<KeyValueStore<K, V>, S> inFront) {
        this.beneath = beneath;
        this.inFront = inFront;
    }

    @Override
    public S build() {
        return inFront.apply(beneath.build());
    }

    @Override
    public StoreBuilder<S> withCachingEnabled() {
        throw new UnsupportedOperationException("Expected no record cache in front of a write-behind store");
    }

    @Override
    public StoreBuilder<S> withCachingDisabled() {
        beneath.withCachingDisabled();
        return this;
    }

    @Override
    public StoreBuilder<S> withLoggingEnabled(Map<String, String> config) {
        beneath.withLoggingEnabled(config);
        return this;
    }

    @Override
    public StoreBuilder<S> withLoggingDisabled() {
        beneath.withLoggingDisabled();
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return beneath.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
        return beneath.loggingEnabled();
    }

    @Override
    public String name() {
        return beneath.name();
    }
}
