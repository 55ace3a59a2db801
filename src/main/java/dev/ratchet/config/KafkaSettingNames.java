package dev.ratchet.config;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings that Kafka Streams and its clients declare, by their own names (without {@code kafka.}). */
final class KafkaSettingNames {
    private static final Map<String, List<ConfigKey>> KEYS = new TreeMap<>();

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
        // The clients' jar has no ConfigDef for topic settings
        ConfigDef topics = new ConfigDef();
        Stream.of(TopicConfig.class.getFields())
                .filter(field -> field.getName().endsWith("_CONFIG"))
                .map(KafkaSettingNames::constant)
                .distinct()
                .forEach(name -> topics.define(name, ConfigDef.Type.STRING, ConfigDef.Importance.LOW, ""));
        add(StreamsConfig.TOPIC_PREFIX, topics);
    }

    private KafkaSettingNames() {}

    static Iterable<String> all() {
        return Collections.unmodifiableSet(KEYS.keySet());
    }

    /** Empty if Kafka does not know the name; a plug-in may still read it. */
    static Optional<ConfigDef.Type> type(String name) {
        return keys(name).stream().findFirst().map(key -> key.type);
    }

    /** Whether Kafka itself reads the setting, or passes it to a config provider. */
    static boolean knows(String name) {
        return KEYS.containsKey(name) || name.startsWith(AbstractConfig.CONFIG_PROVIDERS_CONFIG + ".");
    }

    /** Its declarations: several if Kafka Streams and its clients share the name; none if Kafka does not know it. */
    static List<ConfigKey> keys(String name) {
        return KEYS.getOrDefault(name, List.of());
    }

    /** Whether its prefix limits it to one client of the stream, or to internal topics. */
    static boolean isForOneKind(String name) {
        return Stream.of(CONSUMERS, OTHERS).flatMap(List::stream).anyMatch(name::startsWith);
    }

    private static void add(String prefix, ConfigDef definition) {
        definition
                .configKeys()
                .forEach((name, key) -> KEYS.computeIfAbsent(prefix + name, first -> new ArrayList<>())
                        .add(key));
    }

    private static String constant(Field field) {
        try {
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // public fields of a public class
        }
    }
}
