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

/** Puts records on the input topics: recordings on that of CDC, as Kafka Connect would. */
final class Inputs {
    private Inputs() {}

    /** Returns once Kafka has them all. */
    static void produce(Settings settings, List<Recorded> records) throws Exception {
        StringSerializer text = new StringSerializer();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.kafka().get("bootstrap.servers")), text, text)) {
            List<Future<RecordMetadata>> sent = records.stream()
                    .map(record ->
                            producer.send(new ProducerRecord<>(settings.topics().cdc(), record.key(), record.json())))
                    .toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    /** One record of bytes; returns once Kafka has it. */
    static void produce(String bootstrapServers, String topic, String key, byte[] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }
}
