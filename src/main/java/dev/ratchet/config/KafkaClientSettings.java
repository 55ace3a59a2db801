package dev.ratchet.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The part of the user's {@code kafka.*} settings that applies to Ratchet's own Kafka clients, beside those of Kafka
 * Streams. Each method takes all settings, by Kafka's names and with the prefixes of Kafka Streams, and returns a
 * mutable map.
 */
public final class KafkaClientSettings {
    private static final Set<String> OF_STREAMS = ofStreams();

    private static final List<String> NOT_FOR_OUR_PRODUCERS = List.of(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG, // Kafka's default partitioner decides the partition of a task
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);

    private static final int DEFAULT_MAX_REQUEST_SIZE = 1_048_576;

    private KafkaClientSettings() {}

    /**
     * Settings of an admin client, as Kafka Streams derives them: those with {@code admin.} win.
     *
     * @throws org.apache.kafka.common.config.ConfigException if they are invalid for Kafka Streams
     */
    public static Map<String, Object> admin(Map<String, Object> kafka, String clientId) {
        return new HashMap<>(streams(kafka).getAdminConfigs(clientId));
    }

    /**
     * Settings of a producer, as Kafka Streams derives them, but without transactions and with Kafka's default partitioner:
     * those with {@code producer.} win.
     *
     * @throws org.apache.kafka.common.config.ConfigException if they are invalid for Kafka Streams
     */
    public static Map<String, Object> producer(Map<String, Object> kafka, String clientId) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        // Otherwise the default of Kafka Streams applies, which waits longer for a batch to fill
        all.putIfAbsent(
                ProducerConfig.LINGER_MS_CONFIG,
                ProducerConfig.configDef().defaultValues().get(ProducerConfig.LINGER_MS_CONFIG));
        Map<String, Object> producer = new HashMap<>(streams(all).getProducerConfigs(clientId));
        NOT_FOR_OUR_PRODUCERS.forEach(producer::remove);
        return producer;
    }

    /**
     * Settings of a consumer: those for every client, and those that the user's plug-ins may read. Not those with {@code
     * consumer.} and the like, which are for the stream's group.
     */
    public static Map<String, Object> consumer(Map<String, Object> kafka) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.keySet().removeIf(name -> OF_STREAMS.contains(name) || KafkaSettingNames.isForOneKind(name));
        return all;
    }

    /**
     * As {@link #consumer}, for a consumer without a group: it reads committed records from the beginning, and creates
     * no topic.
     */
    public static Map<String, Object> reader(Map<String, Object> kafka) {
        Map<String, Object> all = consumer(kafka);
        all.remove(ConsumerConfig.GROUP_ID_CONFIG);
        all.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return all;
    }

    private static StreamsConfig streams(Map<String, Object> kafka) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, "ratchet"); // required, but not passed to the clients
        all.put("processing.exception.handler.global.enabled", true); // otherwise it warns about Kafka 5
        return new StreamsConfig(all);
    }

    private static Set<String> ofStreams() {
        Set<String> names = new HashSet<>(StreamsConfig.configDef().names());
        names.removeAll(ConsumerConfig.configNames());
        names.removeAll(ProducerConfig.configNames());
        names.add(
                ConsumerConfig
                        .GROUP_PROTOCOL_CONFIG); // of the stream's group; "streams" is invalid for a plain consumer
        return Set.copyOf(names);
    }

    /** {@return max.request.size of Kafka Streams' producer, bytes: the limit of one record} */
    public static int maxRequestSize(Map<String, Object> kafka) {
        Object size = kafka.getOrDefault(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                kafka.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DEFAULT_MAX_REQUEST_SIZE));
        return (Integer) ConfigDef.parseType(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, size, ConfigDef.Type.INT);
    }
}
