package dev.ratchet.ingest.webhook;

import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What the intake's producer is told: the user's {@code kafka.*}, then what makes an answer sound, and timely. */
final class EventProducerSettings {
    /** After which a notification is answered, at the latest: Conductor has long given up then, but not the producer. */
    static final int DELIVERY_MS = 5_000;

    private static final int REQUEST_MS = 2_000;

    /** For a thread of the server's, that is: where there is room and Kafka's answer is known there is no wait at all. */
    private static final int BLOCK_MS = 100;

    private static final int A_DAY_MS = 86_400_000;

    /** For the stream's producer, but not for this one. */
    private static final List<String> NOT_OURS = List.of(
            ProducerConfig.RETRIES_CONFIG, // within the time for delivery, as often as needed
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

    private EventProducerSettings() {}

    static Map<String, Object> of(Settings settings) {
        Map<String, Object> all = KafkaClientSettings.producer(
                settings.kafka(), settings.application().id() + "-intake");
        NOT_OURS.forEach(all::remove);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0); // Conductor waits for 300 ms
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
        all.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, A_DAY_MS); // the first after a quiet hour must not wait
        return all;
    }
}
