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
 * What of the user's {@code kafka.*} is for a Kafka client that is Ratchet's own, beside those that Kafka Streams makes
 * for itself. Each method takes all of it, by Kafka's names and with the prefixes of Kafka Streams, and gives a map to
 * add to.
 */
public final class KafkaClientSettings {
    private static final Set<String> OF_STREAMS = ofStreams();

    private static final List<String> NOT_FOR_OUR_PRODUCERS = List.of(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG, // a task has to be where Kafka's own puts it
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);

    private static final int DEFAULT_MAX_REQUEST_SIZE = 1_048_576;

    private KafkaClientSettings() {}

    /**
     * As Kafka Streams gives them to its own: those of {@code admin.} win.
     *
     * @throws org.apache.kafka.common.config.ConfigException if they are not what Kafka Streams takes
     */
    public static Map<String, Object> admin(Map<String, Object> kafka, String clientId) {
        return new HashMap<>(streams(kafka).getAdminConfigs(clientId));
    }

    /**
     * As Kafka Streams gives them to its own, but for one without transactions, and with Kafka's own
     * partitioner: those of {@code producer.} win.
     *
     * @throws org.apache.kafka.common.config.ConfigException if they are not what Kafka Streams takes
     */
    public static Map<String, Object> producer(Map<String, Object> kafka, String clientId) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        // Or it is the default of Kafka Streams, which waits longer for a batch to fill.
        all.putIfAbsent(
                ProducerConfig.LINGER_MS_CONFIG,
                ProducerConfig.configDef().defaultValues().get(ProducerConfig.LINGER_MS_CONFIG));
        Map<String, Object> producer = new HashMap<>(streams(all).getProducerConfigs(clientId));
        NOT_FOR_OUR_PRODUCERS.forEach(producer::remove);
        return producer;
    }

    /**
     * Those that are for every client, and what plug-ins of the user's may want. Not those of {@code consumer.} and the
     * like: they are for the stream's group.
     */
    public static Map<String, Object> consumer(Map<String, Object> kafka) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.keySet().removeIf(name -> OF_STREAMS.contains(name) || KafkaSettingNames.isForOneKind(name));
        return all;
    }

    /** As {@link #consumer}, for one that is in no group: it reads what is committed, from the beginning, and creates no topic. */
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
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, "ratchet"); // it wants one; the clients do not get it
        all.put("processing.exception.handler.global.enabled", true); // or it warns of what Kafka 5 will do
        return new StreamsConfig(all);
    }

    private static Set<String> ofStreams() {
        Set<String> names = new HashSet<>(StreamsConfig.configDef().names());
        names.removeAll(ConsumerConfig.configNames());
        names.removeAll(ProducerConfig.configNames());
        names.add(ConsumerConfig.GROUP_PROTOCOL_CONFIG); // of the stream's group; "streams" is no consumer's
        return Set.copyOf(names);
    }

    /** {@return bytes that the producer of Kafka Streams takes in one request, and so in one record} */
    public static int maxRequestSize(Map<String, Object> kafka) {
        Object size = kafka.getOrDefault(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                kafka.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DEFAULT_MAX_REQUEST_SIZE));
        return (Integer) ConfigDef.parseType(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, size, ConfigDef.Type.INT);
    }
}
