package dev.ratchet.cluster;

import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes records to the input topics, like Kafka Connect with one request at a time. With more requests in flight,
 * a broker that has just restarted may reject the first and accept the second, whose records then come first or alone
 * (KAFKA-15591).
 */
public final class Inputs {
    private static final String AT_ONCE = "max.in.flight.requests.per.connection";

    private Inputs() {}

    /** Returns when Kafka has acknowledged all of them. */
    static void produce(Settings settings, List<Recorded> records) throws Exception {
        send(
                (String) settings.kafka().get("bootstrap.servers"),
                records.stream()
                        .map(record -> new ProducerRecord<>(settings.topics().cdc(), record.key(), record.value()))
                        .toList());
    }

    /** Writes one record; returns when Kafka has acknowledged it. */
    static void produce(String bootstrapServers, String topic, String key, byte[] value) throws Exception {
        send(bootstrapServers, List.of(new ProducerRecord<>(topic, key, value)));
    }

    /** Returns when Kafka has acknowledged all of them. */
    public static void send(String bootstrapServers, List<ProducerRecord<String, byte[]>> records) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, AT_ONCE, "1"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }
}
