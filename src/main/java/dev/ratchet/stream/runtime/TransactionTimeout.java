package dev.ratchet.stream.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the brokers let a transaction be open: longer than a session. While a rebalance waits for a member that is gone, up
 * to its session's end, the others commit nothing. If their transactions ran out meanwhile, all of them would be fenced, and
 * begin again what they had open.
 */
record TransactionTimeout(int session, int transaction) {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionTimeout.class);
    private static final String NAME = ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
    private static final int MIN_MS = 10_000; // as Kafka Streams sets it
    private static final int BEYOND_SESSION_MS = 5_000;
    private static final int MAX_MS = 900_000; // brokers refuse more, with transaction.max.timeout.ms as it comes

    /** Sets it where nobody has, and warns where it is too short. Nothing, where the session is the broker's to set. */
    static void applyTo(Map<String, Object> streams) {
        Optional<Integer> session = first(
                streams,
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                StreamsConfig.MAIN_CONSUMER_PREFIX,
                StreamsConfig.CONSUMER_PREFIX,
                "");
        if (session.isEmpty()) {
            return;
        }
        Optional<Integer> given = first(streams, NAME, StreamsConfig.PRODUCER_PREFIX, "");
        TransactionTimeout timeout =
                given.map(set -> new TransactionTimeout(session.get(), set)).orElseGet(() -> beyond(session.get()));
        if (given.isEmpty()) {
            // With the prefix: Kafka Streams holds the interval of commits against that only.
            streams.put(StreamsConfig.producerPrefix(NAME), timeout.transaction());
        }
        if (timeout.isTooShort()) {
            LOG.warn(
                    "Transactions may be open for {} ms, and sessions last {} ms. When an instance is killed, the others commit"
                            + " nothing until its session ends. Their transactions run out before that, and what they had"
                            + " done in them is done again. Set kafka.producer.transaction.timeout.ms to some seconds more"
                            + " than kafka.session.timeout.ms.",
                    timeout.transaction(),
                    timeout.session());
        }
    }

    private static TransactionTimeout beyond(int session) {
        long beyond = Math.max(MIN_MS, (long) session + BEYOND_SESSION_MS);
        return new TransactionTimeout(session, (int) Math.min(MAX_MS, beyond));
    }

    private boolean isTooShort() {
        return transaction <= session;
    }

    /** The value of the first of the prefixes that it is set with. */
    private static Optional<Integer> first(Map<String, Object> streams, String name, String... prefixes) {
        return Stream.of(prefixes)
                .map(prefix -> streams.get(prefix + name))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .map(value -> (Integer) ConfigDef.parseType(name, value, ConfigDef.Type.INT));
    }
}
