package dev.ratchet.ingest.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ratchet.v1.TaskStatusEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts status events on their topic, keyed by task id. */
final class EventProducer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventProducer.class);
    private static final int TRIES = 50;

    private final Producer<byte[], byte[]> producer;
    private final Serializer<TaskStatusEvent> serializer;
    private final String topic;

    EventProducer(Producer<byte[], byte[]> producer, Serializer<TaskStatusEvent> serializer, String topic) {
        this.producer = producer;
        this.serializer = serializer;
        this.topic = topic;
    }

    /** Learns where the topic is, so that the first event need not wait for it. Waits some seconds at most. */
    void prepare() {
        try {
            for (int tries = 1; !isKnown(); tries++) {
                if (tries == TRIES) {
                    LOG.warn("Expected to learn where {} is, but no broker answered; that is tried again", topic);
                    return;
                }
            }
        } catch (KafkaException failure) {
            LOG.warn("Expected to be able to write to {}, for Conductor's webhook, but: {}", topic, failure.toString());
        }
    }

    /** Waits no longer than an event would: see {@link EventProducerSettings}. */
    private boolean isKnown() {
        try {
            return !producer.partitionsFor(topic).isEmpty();
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    /** Done once Kafka has the event; fails with what Kafka says if it does not take it in time. Does not throw. */
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
        } catch (KafkaException | IllegalStateException failure) { // the latter once it is closed
            sent.completeExceptionally(failure);
        }
        return sent;
    }

    /** Waits for what was sent, within the time for delivery. */
    @Override
    public void close() {
        producer.close(Duration.ofMillis(EventProducerSettings.DELIVERY_MS));
    }
}
