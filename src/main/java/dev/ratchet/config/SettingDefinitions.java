package dev.ratchet.config;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;

/** All settings: Ratchet's own, and those that are passed through. */
final class SettingDefinitions {
    static final String KAFKA_PREFIX = "kafka.";
    static final String SERDE_PREFIX = "ratchet.serde.";

    /** The serdes' name for the registry's address. */
    static final String SERDE_REGISTRY_URL = "schema.registry.url";

    static final String SERDE_SERIALIZER = "value.serializer";
    static final String SERDE_DESERIALIZER = "value.deserializer";

    /** Ratchet has its own settings for these, so they are not passed through. */
    private static final Set<String> SET_OTHERWISE = Set.of(SERDE_REGISTRY_URL, SERDE_SERIALIZER, SERDE_DESERIALIZER);

    static final ConfigDef DEFINITION = new ConfigDef();

    static {
        ApplicationSettings.declare(DEFINITION);
        SourceSettings.declare(DEFINITION);
        ConductorSettings.declare(DEFINITION);
        RepairSettings.declare(DEFINITION);
        AuditSettings.declare(DEFINITION);
        WatchSettings.declare(DEFINITION);
        TopicSettings.declare(DEFINITION);
        TopicCreationSettings.declare(DEFINITION);
        RejectionSettings.declare(DEFINITION);
        RegistrySettings.declare(DEFINITION);
        HttpSettings.declare(DEFINITION);
        WebhookSettings.declare(DEFINITION);
    }

    private SettingDefinitions() {}

    /** {@return the given value of one of Ratchet's settings, or its default} */
    static String value(Map<String, SettingValue> given, String name) {
        SettingValue one = given.get(name);
        return one == null
                ? String.valueOf(DEFINITION.defaultValues().get(name))
                : one.value().strip();
    }

    static boolean knows(String setting) {
        return DEFINITION.names().contains(setting)
                || hasMoreThan(KAFKA_PREFIX, setting)
                || (hasMoreThan(SERDE_PREFIX, setting)
                        && !SET_OTHERWISE.contains(setting.substring(SERDE_PREFIX.length())));
    }

    private static boolean hasMoreThan(String prefix, String setting) {
        return setting.startsWith(prefix) && setting.length() > prefix.length();
    }

    /** In the order of declaration. */
    static List<ConfigKey> all() {
        return DEFINITION.groups().stream().flatMap(group -> in(group).stream()).toList();
    }

    /** The settings of a group, in the order of declaration. */
    static List<ConfigKey> in(String group) {
        return DEFINITION.configKeys().values().stream()
                .filter(key -> group.equals(key.group))
                .sorted(Comparator.comparingInt(key -> key.orderInGroup))
                .toList();
    }

    static boolean accepts(ConfigKey key, String value) {
        try {
            key.validator.ensureValid(key.name, ConfigDef.parseType(key.name, value, key.type));
            return true;
        } catch (ConfigException e) {
            return false;
        }
    }

    /** The default as text; empty if there is none. */
    static String preset(ConfigKey key) {
        return key.defaultValue == null ? "" : ConfigDef.convertToString(key.defaultValue, key.type);
    }
}
