package dev.ratchet.stream;

import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds {@link GatheringStore}s in front of another builder's. */
final class Gathering<K, V> implements StoreBuilder<GatheringStore<K, V>> {
    private final StoreBuilder<KeyValueStore<K, V>> beneath;
    private final int kept;

    /** @param kept how many entries of each store stay in memory */
    Gathering(StoreBuilder<KeyValueStore<K, V>> beneath, int kept) {
        this.beneath = beneath;
        this.kept = kept;
    }

    @Override
    public GatheringStore<K, V> build() {
        return new GatheringStore<>(beneath.build(), kept);
    }

    @Override
    public StoreBuilder<GatheringStore<K, V>> withCachingEnabled() {
        throw new UnsupportedOperationException("Expected no record caching before a store that gathers");
    }

    @Override
    public StoreBuilder<GatheringStore<K, V>> withCachingDisabled() {
        beneath.withCachingDisabled();
        return this;
    }

    @Override
    public StoreBuilder<GatheringStore<K, V>> withLoggingEnabled(Map<String, String> config) {
        beneath.withLoggingEnabled(config);
        return this;
    }

    @Override
    public StoreBuilder<GatheringStore<K, V>> withLoggingDisabled() {
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
