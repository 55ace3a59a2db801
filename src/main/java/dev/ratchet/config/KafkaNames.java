package dev.ratchet.config;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings that Kafka Streams and its clients declare, by their own names (without {@code kafka.}). */
final class KafkaNames {
    private static final Map<String, ConfigDef.Type> TYPES = new TreeMap<>();

    private static final List<String> CONSUMERS = List.of(
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX);

    private static final List<String> OTHERS =
            List.of(StreamsConfig.PRODUCER_PREFIX, StreamsConfig.ADMIN_CLIENT_PREFIX, StreamsConfig.TOPIC_PREFIX);

    static {
        add("", StreamsConfig.configDef());
        add("", ConsumerConfig.configDef());
        CONSUMERS.forEach(prefix -> add(prefix, ConsumerConfig.configDef()));
        for (String prefix : List.of("", StreamsConfig.PRODUCER_PREFIX)) {
            add(prefix, ProducerConfig.configDef());
        }
        for (String prefix : List.of("", StreamsConfig.ADMIN_CLIENT_PREFIX)) {
            add(prefix, AdminClientConfig.configDef());
        }
        // Not in a ConfigDef: that one is the broker's, and not in the clients' jar.
        Stream.of(TopicConfig.class.getFields())
                .filter(field -> field.getName().endsWith("_CONFIG"))
                .forEach(field -> TYPES.put(StreamsConfig.TOPIC_PREFIX + constant(field), ConfigDef.Type.STRING));
    }

    private KafkaNames() {}

    static Iterable<String> all() {
        return Collections.unmodifiableSet(TYPES.keySet());
    }

    /** Empty if Kafka does not know the name; it may still mean something to a plug-in. */
    static Optional<ConfigDef.Type> type(String name) {
        return Optional.ofNullable(TYPES.get(name));
    }

    /** Whether a prefix says which of the stream's clients, or that its internal topics, it is for. */
    static boolean isForOneKind(String name) {
        return Stream.of(CONSUMERS, OTHERS).flatMap(List::stream).anyMatch(name::startsWith);
    }

    private static void add(String prefix, ConfigDef definition) {
        definition.configKeys().forEach((name, key) -> TYPES.put(prefix + name, key.type));
    }

    private static String constant(Field field) {
        try {
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // public fields of a public class
        }
    }
}
