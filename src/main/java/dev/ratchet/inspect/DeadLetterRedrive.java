package dev.ratchet.inspect;

import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.config.TopicSettings;
import dev.ratchet.stream.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters to the topics that they came from. A header counts how often a record was sent: one that becomes a
 * dead letter again and again is left after a number of times. Not thread-safe.
 */
public final class DeadLetterRedrive implements AutoCloseable {
    /** How often the record was sent to its topic again. */
    static final String COUNT = "ratchet.redrive.count";

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Set<String> inputs;
    private final int most;

    /** @param most how often a record is sent again at most, at least 1 */
    public DeadLetterRedrive(Settings settings, int most) {
        Map<String, Object> kafka = KafkaClientSettings.producer(
                settings.kafka(), settings.application().id() + "-redrive");
        kafka.put(ProducerConfig.ACKS_CONFIG, "all");
        kafka.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        TopicSettings topics = settings.topics();
        inputs = Set.of(topics.events(), topics.cdc(), topics.repairResults());
        this.most = most;
    }

    /** Why this dead letter cannot be sent again; empty if it can. */
    public Optional<String> obstacle(TopicRecord letter) {
        Headers headers = letter.raw().headers();
        if (!inputs.contains(topic(letter))) {
            return Optional.of("it came from '" + topic(letter) + "', which is no input of Ratchet's");
        }
        if (headers.lastHeader(DeadLetters.TRUNCATED_VALUE) != null
                || headers.lastHeader(DeadLetters.TRUNCATED_KEY) != null
                || headers.lastHeader(DeadLetters.DROPPED_HEADERS) != null) {
            return Optional.of("it is cut: its topic could not hold all of it");
        }
        return count(headers) >= most
                ? Optional.of("it was sent again " + count(headers) + " times already (--max-attempts)")
                : Optional.empty();
    }

    /** {@return Kafka's name of the topic it came from; empty if unknown} */
    public static String topic(TopicRecord letter) {
        return text(letter.raw().headers(), DeadLetters.TOPIC);
    }

    /**
     * Sends it. Returns after the broker has acknowledged.
     *
     * @throws KafkaException if the broker does not accept it
     */
    public void send(TopicRecord letter) {
        Headers headers = new RecordHeaders();
        for (Header header : letter.raw().headers()) {
            if (!DeadLetters.isAdded(header.key()) && !header.key().equals(COUNT)) {
                headers.add(header);
            }
        }
        headers.add(COUNT, String.valueOf(count(letter.raw().headers()) + 1).getBytes(StandardCharsets.UTF_8));
        try {
            producer.send(new ProducerRecord<>(
                            topic(letter),
                            null,
                            letter.raw().key(),
                            letter.raw().value(),
                            headers))
                    .get();
        } catch (InterruptedException e) {
            throw new InterruptException(e); // which interrupts the thread again
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        }
    }

    private static int count(Headers headers) {
        String text = text(headers, COUNT);
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }

    /** Producers may send any header, also without a value. */
    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
