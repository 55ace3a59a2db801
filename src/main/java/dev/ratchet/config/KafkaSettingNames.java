package dev.ratchet.config;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    /** The prefixes limit a setting to one client of the stream, or to internal topics. */
    private static final Map<String, ConfigDef> BY_PREFIX = Map.of(
            StreamsConfig.CONSUMER_PREFIX,
            ConsumerConfig.configDef(),
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            ConsumerConfig.configDef(),
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            ConsumerConfig.configDef(),
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            ConsumerConfig.configDef(),
            StreamsConfig.PRODUCER_PREFIX,
            ProducerConfig.configDef(),
            StreamsConfig.ADMIN_CLIENT_PREFIX,
            AdminClientConfig.configDef(),
            StreamsConfig.TOPIC_PREFIX,
            topics());

    static {
        add("", StreamsConfig.configDef());
        add("", ConsumerConfig.configDef());
        add("", ProducerConfig.configDef());
        add("", AdminClientConfig.configDef());
        BY_PREFIX.forEach(KafkaSettingNames::add);
    }

    private KafkaSettingNames() {}

    static Set<String> all() {
        return Collections.unmodifiableSet(KEYS.keySet());
    }

    /** {@return the name without {@code kafka.}} */
    static String bare(String setting) {
        return setting.startsWith(SettingDefinitions.KAFKA_PREFIX)
                ? setting.substring(SettingDefinitions.KAFKA_PREFIX.length())
                : setting;
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

    static boolean isForOneKind(String name) {
        return BY_PREFIX.keySet().stream().anyMatch(name::startsWith);
    }

    private static void add(String prefix, ConfigDef definition) {
        definition
                .configKeys()
                .forEach((name, key) -> KEYS.computeIfAbsent(prefix + name, first -> new ArrayList<>())
                        .add(key));
    }

    /** The clients' jar has no ConfigDef for topic settings. */
    private static ConfigDef topics() {
        ConfigDef topics = new ConfigDef();
        try {
            for (Field field : TopicConfig.class.getFields()) {
                String name = String.valueOf(field.get(null));
                if (field.getName().endsWith("_CONFIG") && !topics.names().contains(name)) {
                    topics.define(name, ConfigDef.Type.STRING, ConfigDef.Importance.LOW, "");
                }
            }
            return topics;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // public fields of a public class
        }
    }
}
