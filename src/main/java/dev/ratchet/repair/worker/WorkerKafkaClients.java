package dev.ratchet.repair.worker;

import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Creates Kafka clients from our defaults, then the user's {@code kafka.*}, then values that cannot be overridden. */
final class WorkerKafkaClients {

    /** A command may carry a large output, and few are executed per second. */
    private static final int COMMANDS_AT_ONCE = 20;

    /** A repair takes about ten requests of up to 30 s each. */
    static final Duration LONGEST_REPAIR = Duration.ofMinutes(10);

    /** With Kafka's default of 45 s, repairs would wait that long after a crash. */
    private static final int SESSION_MS = 10_000;

    private WorkerKafkaClients() {}

    /** Member of the worker's group; commits explicitly. */
    static KafkaConsumer<String, byte[]> consumer(Settings settings) {
        return new KafkaConsumer<>(consumerSettings(settings), new StringDeserializer(), new ByteArrayDeserializer());
    }

    static Map<String, Object> consumerSettings(Settings settings) {
        Map<String, Object> all = new HashMap<>();
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, COMMANDS_AT_ONCE);
        all.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) LONGEST_REPAIR.toMillis());
        all.put(
                ConsumerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG, // Kafka warns unless it is longer
                LONGEST_REPAIR.plusMinutes(1).toMillis());
        Map<String, Object> given = KafkaClientSettings.consumer(settings.kafka());
        if (!given.containsKey(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG)) { // which must be shorter than the session timeout
            all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        }
        all.putAll(given);
        all.put(ConsumerConfig.GROUP_ID_CONFIG, name(settings));
        all.put(ConsumerConfig.CLIENT_ID_CONFIG, name(settings));
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return all;
    }

    static KafkaProducer<String, byte[]> producer(Settings settings) {
        return new KafkaProducer<>(producerSettings(settings), new StringSerializer(), new ByteArraySerializer());
    }

    static Map<String, Object> producerSettings(Settings settings) {
        Map<String, Object> all = KafkaClientSettings.producer(settings.kafka(), name(settings));
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return all;
    }

    private static String name(Settings settings) {
        return settings.application().id() + "-repairer";
    }
}
