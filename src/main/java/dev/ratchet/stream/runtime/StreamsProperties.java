package dev.ratchet.stream.runtime;

import dev.ratchet.config.Settings;
import dev.ratchet.stream.OversizedTasks;
import dev.ratchet.stream.deadletter.RecordTooLargeHandler;
import dev.ratchet.stream.state.BoundedMemoryRocksDBConfig;
import dev.ratchet.stream.state.TransactionalStore;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Configuration of Kafka Streams: our defaults, then the user's {@code kafka.*}, then what the user cannot change. */
public final class StreamsProperties {
    private static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

    /** Settings that differ from Kafka's defaults for speed only, by name; measured in {@code docs/performance.md}. */
    public static final Map<String, Object> TUNING = Map.of(
            // A commit sends hundreds of records to each partition at once; Kafka's 16 KiB hold about sixty.
            ProducerConfig.BATCH_SIZE_CONFIG,
            64 * 1024,
            // The system's default, which can grow; Kafka's 64 KiB hold about twenty Debezium records.
            ConsumerConfig.RECEIVE_BUFFER_CONFIG,
            -1);

    /**
     * A killed member blocks its partitions, and any rebalance, until its session expires: 45 s with Kafka's defaults.
     * Brokers accept 6 s or more.
     */
    static final Map<String, Object> SESSION =
            Map.of(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 8_000, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);

    private StreamsProperties() {}

    public static Map<String, Object> of(Settings settings) {
        Map<String, Object> all = new HashMap<>();
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // There is no global store; without this, Streams logs a warning at each start that Kafka 5 turns it on.
        all.put(GLOBAL_HANDLER, true);
        all.put(StreamsConfig.mainConsumerPrefix(GLOBAL_HANDLER), true); // the assignor reads this one, and warns too
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedMemoryRocksDBConfig.class);
        all.put(BoundedMemoryRocksDBConfig.BYTES, settings.application().stateMemory());
        all.putAll(TUNING);
        if (hasSessions(settings)) {
            all.putAll(SESSION);
        }
        all.putAll(settings.kafka());
        // Kafka reads it in two places, and one of them does not trim it.
        all.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, TransactionalStore.isEnabled(settings));
        TransactionTimeout.applyTo(all);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.application().id());
        all.put(
                StreamsConfig.STATE_DIR_CONFIG,
                settings.application().stateDirectory().toString());
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        all.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, RecordTooLargeHandler.class);
        all.put(OversizedTasks.CONFIG, new OversizedTasks());
        return all;
    }

    /** With the newer group protocols the broker sets the session timeout, and a client must not. */
    static boolean hasSessions(Settings settings) {
        return settings.kafka().entrySet().stream()
                .filter(one -> one.getKey().endsWith(ConsumerConfig.GROUP_PROTOCOL_CONFIG))
                .allMatch(one -> "classic"
                        .equalsIgnoreCase(String.valueOf(one.getValue()).strip()));
    }
}
