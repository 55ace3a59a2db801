package dev.ratchet.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;

/** All settings: Ratchet's own, and those that are passed through. */
final class SettingDefinitions {
    static final String KAFKA_PREFIX = "kafka.";
    static final String SERDE_PREFIX = "ratchet.serde.";

    /** In the order of the reference. */
    static final List<Class<? extends Record>> GROUPS = Stream.of(Settings.class.getRecordComponents())
            .map(RecordComponent::getType)
            .filter(Record.class::isAssignableFrom)
            .<Class<? extends Record>>map(type -> type.asSubclass(Record.class))
            .toList();

    /** By name, in the order of the reference. */
    static final Map<String, SettingDefinition> ALL = new LinkedHashMap<>();

    /** Ratchet has its own settings for these, so they are not passed through. */
    private static final Set<String> SET_OTHERWISE = Set.of(
            SERDE_PREFIX + "schema.registry.url",
            SERDE_PREFIX + "value.serializer",
            SERDE_PREFIX + "value.deserializer");

    static {
        GROUPS.stream().flatMap(SettingDefinition::of).forEach(one -> ALL.put(one.name(), one));
    }

    private SettingDefinitions() {}

    static boolean knows(String setting) {
        return ALL.containsKey(setting)
                || hasMoreThan(KAFKA_PREFIX, setting)
                || (hasMoreThan(SERDE_PREFIX, setting) && !SET_OTHERWISE.contains(setting));
    }

    private static boolean hasMoreThan(String prefix, String setting) {
        return setting.startsWith(prefix) && setting.length() > prefix.length();
    }

    /** {@return the default, as text, also of a setting that is passed through; empty if there is none} */
    static String defaultValue(String name) {
        SettingDefinition own = ALL.get(name);
        return own != null
                ? own.declared().defaultValue()
                : Objects.toString(StreamsConfig.configDef().defaultValues().get(KafkaSettingNames.bare(name)), "");
    }

    /** {@return the value of one of Ratchet's settings, or its default; empty if it has none, or an invalid one} */
    static Optional<Object> value(Map<String, SettingValue> given, String name) {
        SettingValue one = given.getOrDefault(name, new SettingValue(name, defaultValue(name), ""));
        return Optional.of(one.value())
                .filter(text -> given.containsKey(name) || !text.isEmpty())
                .flatMap(Objects.requireNonNull(ALL.get(name))::parse);
    }

    /** {@return a settings record, from valid settings} */
    static <R extends Record> R read(Class<R> group, Map<String, SettingValue> given) {
        Object[] values = SettingDefinition.of(group)
                .map(one -> one.component().getType() == Optional.class
                        ? value(given, one.name())
                        : value(given, one.name()).orElseThrow())
                .toArray();
        try {
            return group.cast(group.getConstructors()[0].newInstance(values));
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e); // the only constructor of a public record
        }
    }
}
