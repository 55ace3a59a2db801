package dev.ratchet.stream.runtime;

import dev.ratchet.config.Settings;
import dev.ratchet.stream.OversizedTasks;
import dev.ratchet.stream.deadletter.RecordTooLargeHandler;
import dev.ratchet.stream.state.BoundedMemoryRocksDBConfig;
import dev.ratchet.stream.state.TransactionalStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configuration of Kafka Streams: our defaults, then the user's {@code kafka.*}, then what the user cannot change. */
public final class StreamsProperties {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsProperties.class);
    private static final String TRANSACTION_TIMEOUT = ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
    private static final int MIN_TRANSACTION_MS = 10_000; // as Kafka Streams sets it
    private static final int BEYOND_SESSION_MS = 5_000;
    private static final int MAX_TRANSACTION_MS = 900_000; // brokers reject more, by transaction.max.timeout.ms
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
        setTransactionTimeout(all);
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

    /**
     * Sets the timeout of transactions longer than a session, if the user has not, and logs a warning if it is too
     * short. Does nothing if the broker sets the session timeout. While a rebalance waits for a lost member until its
     * session expires, the other members commit nothing. If their transactions timed out meanwhile, all of them would be
     * fenced, and would process their open records again.
     */
    private static void setTransactionTimeout(Map<String, Object> streams) {
        Optional<Integer> session = first(
                streams,
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                StreamsConfig.MAIN_CONSUMER_PREFIX,
                StreamsConfig.CONSUMER_PREFIX,
                "");
        if (session.isEmpty()) {
            return;
        }
        Optional<Integer> given = first(streams, TRANSACTION_TIMEOUT, StreamsConfig.PRODUCER_PREFIX, "");
        int beyond = (int)
                Math.min(MAX_TRANSACTION_MS, Math.max(MIN_TRANSACTION_MS, (long) session.get() + BEYOND_SESSION_MS));
        if (given.isEmpty()) {
            // With the prefix: Kafka Streams compares the commit interval only with this one.
            streams.put(StreamsConfig.producerPrefix(TRANSACTION_TIMEOUT), beyond);
        }
        int transaction = given.orElse(beyond);
        if (transaction <= session.get()) {
            LOG.warn(
                    "RATCHET-1017 The transaction timeout is not longer than the session timeout. When an"
                            + " instance is killed, the transactions of the other instances time out before its"
                            + " session expires, and their records are processed again. Set"
                            + " kafka.producer.transaction.timeout.ms some seconds longer than"
                            + " kafka.session.timeout.ms. transactionMs={} sessionMs={}",
                    transaction,
                    session.get());
        }
    }

    /** The value with the first of these prefixes that is set. */
    private static Optional<Integer> first(Map<String, Object> streams, String name, String... prefixes) {
        return Stream.of(prefixes)
                .map(prefix -> streams.get(prefix + name))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .map(value -> (Integer) ConfigDef.parseType(name, value, ConfigDef.Type.INT));
    }
}
