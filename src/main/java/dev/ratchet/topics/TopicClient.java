package dev.ratchet.topics;

import static org.apache.kafka.clients.admin.AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.admin.AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.admin.AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.ratchet.config.KafkaClientSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Kafka's admin client with short timeouts and one-line errors. */
final class TopicClient implements AutoCloseable {
    private static final int TIMEOUT_MS = 15_000;

    /** How Kafka's message begins if no host name of the bootstrap servers resolves. A later try may help. */
    private static final String UNRESOLVED = "No resolvable bootstrap urls";

    final Admin admin;

    final Duration timeout;

    /** Off until closed: Kafka's clients log each try of what they then throw. */
    private final Logger kafkaLog = (Logger) LoggerFactory.getLogger("org.apache.kafka");

    private final @Nullable Level levelBefore = kafkaLog.getLevel();
    private final String address;

    /**
     * @param kafka by Kafka's names, with the prefixes of Kafka Streams, {@code admin.} among them
     * @throws BrokerUnavailableException if no address can be resolved
     * @throws ConfigException if Kafka's client rejects a setting
     */
    TopicClient(Map<String, Object> kafka) {
        kafkaLog.setLevel(Level.OFF);
        address = "kafka.bootstrap.servers=" + kafka.getOrDefault(BOOTSTRAP_SERVERS_CONFIG, "");
        try {
            Map<String, Object> settings = settings(kafka);
            timeout = Duration.ofMillis(
                    number(settings, DEFAULT_API_TIMEOUT_MS_CONFIG).orElse(TIMEOUT_MS));
            admin = Admin.create(settings);
        } catch (KafkaException e) {
            kafkaLog.setLevel(levelBefore);
            Throwable cause = Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                    .reduce((outer, inner) -> inner)
                    .orElse(e);
            String reason = String.valueOf(cause.getMessage());
            if (reason.startsWith(UNRESOLVED)) {
                throw new BrokerUnavailableException(
                        "Expected a Kafka broker at %s, but its address cannot be resolved: %s"
                                .formatted(address, reason),
                        e);
            }
            ConfigException wrong = new ConfigException(
                    "Expected kafka.* settings that Kafka's client accepts, but got: %s".formatted(reason));
            wrong.initCause(e);
            throw wrong;
        }
    }

    static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = KafkaClientSettings.admin(kafka, "ratchet-topics");
        OptionalInt request = number(settings, REQUEST_TIMEOUT_MS_CONFIG);
        OptionalInt whole = number(settings, DEFAULT_API_TIMEOUT_MS_CONFIG);
        // Kafka requires request.timeout.ms <= default.api.timeout.ms.
        int limit = whole.orElse(Math.max(TIMEOUT_MS, request.orElse(0)));
        settings.put(DEFAULT_API_TIMEOUT_MS_CONFIG, limit);
        settings.put(REQUEST_TIMEOUT_MS_CONFIG, request.orElse(Math.min(TIMEOUT_MS, limit)));
        return settings;
    }

    private static OptionalInt number(Map<String, Object> settings, String name) {
        return Optional.ofNullable((Integer) ConfigDef.parseType(name, settings.get(name), ConfigDef.Type.INT)).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /**
     * Waits for the answer.
     * @param doing the request, to be read after "Expected to"
     */
    <T> T get(String doing, KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e); // which interrupts the thread again
        } catch (ExecutionException e) {
            throw failure(doing, e.getCause() == null ? e : e.getCause());
        }
    }

    /** As {@link #get}; empty if it fails with this exception, which is then an answer. */
    <T> Optional<T> getUnless(Class<? extends KafkaException> expected, String doing, KafkaFuture<T> answer) {
        try {
            return Optional.ofNullable(get(doing, answer));
        } catch (BrokerRefusedException e) {
            if (expected.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private RuntimeException failure(String doing, Throwable cause) {
        if (cause instanceof TimeoutException) {
            return new BrokerUnavailableException(
                    "Expected a Kafka broker at %s, but none answered within %s s: %s"
                            .formatted(
                                    address,
                                    BigDecimal.valueOf(timeout.toMillis(), 3)
                                            .stripTrailingZeros()
                                            .toPlainString(),
                                    cause.getMessage()),
                    cause);
        }
        String refusal;
        if (cause instanceof AuthenticationException) {
            refusal = "Expected the Kafka broker at %s to know who Ratchet is, but authentication failed"
                            .formatted(address)
                    + " (kafka.security.protocol, kafka.sasl.*, kafka.ssl.*)";
        } else if (cause instanceof AuthorizationException) {
            refusal = "Expected to %s, but Ratchet is not authorized to (kafka-acls.sh)".formatted(doing);
        } else {
            refusal = "Expected to %s, but the broker refused".formatted(doing);
        }
        return new BrokerRefusedException(refusal + ": " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        kafkaLog.setLevel(levelBefore);
    }
}
