package dev.ratchet.stream.runtime;

import dev.ratchet.config.Settings;
import dev.ratchet.stream.OversizedTasks;
import dev.ratchet.stream.deadletter.RecordTooLargeHandler;
import dev.ratchet.stream.store.BoundedMemoryRocksDBConfig;
import dev.ratchet.stream.store.TransactionalStore;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams is told: our defaults, then the user's {@code kafka.*}, then what is not for the user to say. */
public final class StreamsProperties {
    private static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

    /** What is set otherwise than Kafka does for speed alone, by name; measured in {@code docs/performance.md}. */
    public static final Map<String, Object> TUNING = Map.of(
            // A commit sends hundreds of records to each partition at once; in Kafka's 16 KiB there is room for sixty.
            ProducerConfig.BATCH_SIZE_CONFIG,
            64 * 1024,
            // As the system has it, which lets it grow; Kafka's 64 KiB are read out twenty of Debezium's records at a
            // time.
            ConsumerConfig.RECEIVE_BUFFER_CONFIG,
            -1);

    /**
     * A member that was killed holds up its partitions, and a rebalance that others ask for, until its session expires: 45 s
     * with Kafka's own values. Brokers refuse less than 6 s.
     */
    static final Map<String, Object> SESSION =
            Map.of(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 8_000, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);

    private StreamsProperties() {}

    public static Map<String, Object> of(Settings settings) {
        Map<String, Object> all = new HashMap<>();
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // There is no global store; without this Streams warns at each start that it will be on in Kafka 5.
        all.put(GLOBAL_HANDLER, true);
        all.put(StreamsConfig.mainConsumerPrefix(GLOBAL_HANDLER), true); // the assignor looks there, and warns too
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedMemoryRocksDBConfig.class);
        all.put(BoundedMemoryRocksDBConfig.BYTES, settings.application().stateMemory());
        all.putAll(TUNING);
        if (hasSessions(settings)) {
            all.putAll(SESSION);
        }
        all.putAll(settings.kafka());
        // Kafka reads it in two places, and in one of them a blank after it counts.
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

    /** In the newer protocols of groups the session is the broker's to set, and a client must not. */
    static boolean hasSessions(Settings settings) {
        return settings.kafka().entrySet().stream()
                .filter(one -> one.getKey().endsWith(ConsumerConfig.GROUP_PROTOCOL_CONFIG))
                .allMatch(one -> "classic"
                        .equalsIgnoreCase(String.valueOf(one.getValue()).strip()));
    }
}
