package dev.ratchet.bench;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Puts events on their topic. */
final class Sending implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** @param config of Kafka's producer */
    Sending(Map<String, Object> config) {
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    void send(String topic, int task, byte[] value) {
        var unused = producer.send(
                new ProducerRecord<>(topic, EventSource.taskId(task), value),
                (done, failed) -> failure.compareAndSet(null, failed));
    }

    /** Returns once Kafka has them all. */
    @Override
    public void close() {
        producer.close();
        if (failure.get() != null) {
            throw new IllegalStateException("Expected Kafka to take the events, but it did not", failure.get());
        }
    }
}
