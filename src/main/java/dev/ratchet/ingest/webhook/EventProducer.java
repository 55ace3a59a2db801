package dev.ratchet.ingest.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes status events to the events topic, keyed by task id. */
final class EventProducer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventProducer.class);
    private static final int MAX_TRIES = 50;

    /** Latest response to a notification. Conductor gives up earlier, but the producer does not. */
    static final int DELIVERY_MS = 5_000;

    private static final int REQUEST_MS = 2_000;

    /** Blocks a thread of the server, but only if the buffer is full or the metadata is unknown. */
    private static final int BLOCK_MS = 100;

    private static final int A_DAY_MS = 86_400_000;

    private static final List<String> NOT_OURS = List.of(
            ProducerConfig.RETRIES_CONFIG, // as often as needed, within the delivery timeout
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

    private final Producer<byte[], byte[]> producer;
    private final Serializer<TaskStatusEvent> serializer;
    private final String topic;

    EventProducer(Producer<byte[], byte[]> producer, Serializer<TaskStatusEvent> serializer, String topic) {
        this.producer = producer;
        this.serializer = serializer;
        this.topic = topic;
    }

    /** The user's {@code kafka.*}, then the settings that make a response reliable and timely. */
    static Map<String, Object> settings(Settings settings) {
        Map<String, Object> all = KafkaClientSettings.producer(
                settings.kafka(), settings.application().id() + "-intake");
        NOT_OURS.forEach(all::remove);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0); // Conductor waits for 300 ms
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
        // So that the first event after a quiet hour does not wait
        all.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, A_DAY_MS);
        return all;
    }

    /** Fetches the topic's metadata, so that the first event need not wait for it. Waits five seconds at most. */
    void prepare() {
        try {
            for (int tries = 1; !isKnown(); tries++) {
                if (tries == MAX_TRIES) {
                    LOG.warn(
                            "RATCHET-4101 No broker answered with the metadata of the events topic. The webhook answers 503"
                                    + " until one does; check kafka.bootstrap.servers. topic={}",
                            topic);
                    return;
                }
            }
        } catch (KafkaException failure) {
            LOG.warn(
                    "RATCHET-4102 Cannot write to the events topic. The webhook answers 503 until this is solved; check that"
                            + " the topic exists and that Ratchet may write to it. topic={} error={}",
                    topic,
                    failure.toString());
        }
    }

    private boolean isKnown() {
        try {
            return !producer.partitionsFor(topic).isEmpty();
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    /** Completes once Kafka has stored the event; fails with Kafka's error if it does not in time. Does not throw. */
    CompletableFuture<Void> send(TaskStatusEvent event) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        try {
            byte[] value = serializer.serialize(topic, event);
            ProducerRecord<byte[], byte[]> message =
                    new ProducerRecord<>(topic, event.getTaskId().getBytes(UTF_8), value);
            Future<RecordMetadata> unused = producer.send(message, (metadata, failure) -> {
                if (failure == null) {
                    sent.complete(null);
                } else {
                    sent.completeExceptionally(failure);
                }
            });
        } catch (KafkaException | IllegalStateException failure) { // the latter after close
            sent.completeExceptionally(failure);
        }
        return sent;
    }

    Map<MetricName, ? extends Metric> kafkaMetrics() {
        return producer.metrics();
    }

    /** Waits for sent events, for the delivery timeout at most. */
    @Override
    public void close() {
        producer.close(Duration.ofMillis(DELIVERY_MS));
    }
}
