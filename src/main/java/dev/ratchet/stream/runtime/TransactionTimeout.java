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
 * The timeout of open transactions, longer than a session. While a rebalance waits for a lost member until its session
 * expires, the other members commit nothing. If their transactions timed out meanwhile, all of them would be fenced,
 * and would process their open records again.
 */
final class TransactionTimeout {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionTimeout.class);
    private static final String NAME = ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
    private static final int MIN_MS = 10_000; // as Kafka Streams sets it
    private static final int BEYOND_SESSION_MS = 5_000;
    private static final int MAX_MS = 900_000; // brokers reject more, with the default transaction.max.timeout.ms

    private TransactionTimeout() {}

    /**
     * Sets the timeout if the user has not, and logs a warning if it is too short. Does nothing if the broker sets the
     * session timeout.
     */
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
        int beyond = (int) Math.min(MAX_MS, Math.max(MIN_MS, (long) session.get() + BEYOND_SESSION_MS));
        if (given.isEmpty()) {
            // With the prefix: Kafka Streams compares the commit interval only with this one.
            streams.put(StreamsConfig.producerPrefix(NAME), beyond);
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
