package dev.ratchet.ingest.webhook;

import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Settings of the webhook's producer: the user's {@code kafka.*}, then those that make a response reliable and timely. */
final class EventProducerSettings {
    /** Latest response to a notification. Conductor gives up earlier, but the producer does not. */
    static final int DELIVERY_MS = 5_000;

    private static final int REQUEST_MS = 2_000;

    /** Blocks a thread of the server, but only if the buffer is full or the metadata is unknown. */
    private static final int BLOCK_MS = 100;

    private static final int A_DAY_MS = 86_400_000;

    /** Settings for the stream's producer only. */
    private static final List<String> NOT_OURS = List.of(
            ProducerConfig.RETRIES_CONFIG, // as often as needed, within the delivery timeout
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
        all.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                A_DAY_MS); // so that the first event after a quiet hour does not wait
        return all;
    }
}
