package dev.ratchet.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Checks the values of {@code kafka.*} against Kafka's declarations. Without this, a client that cannot be created looks like
 * a broker that does not answer, and the start waits for it.
 */
final class KafkaSettingValidator {
    private KafkaSettingValidator() {}

    /** {@return the error in the value} Empty if Kafka does not know the name, or if another check covers it. */
    static Optional<String> mistake(SettingValue one) {
        if (!one.name().startsWith(SettingDefinitions.KAFKA_PREFIX)) {
            return Optional.empty();
        }
        String name = one.name().substring(SettingDefinitions.KAFKA_PREFIX.length());
        boolean isLeftToOthers = ReservedKafkaSettings.NAMES.containsKey(name)
                || name.equals(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)
                || one.value().isBlank()
                || one.value().contains("${"); // a config provider of Kafka's replaces it later
        List<Wrong> reasons = new ArrayList<>();
        for (ConfigKey key : isLeftToOthers ? List.<ConfigKey>of() : KafkaSettingNames.keys(name)) {
            Optional<Wrong> reason = wrong(key, one.value());
            if (reason.isEmpty()) {
                return Optional.empty(); // valid for one client; the others may not read it
            }
            reasons.add(reason.get());
        }
        return reasons.stream()
                .findFirst()
                .map(wrong -> one.mistake("Expected " + one.name() + " to be " + wrong.expected() + ", but got '"
                        + one.shown() + "'" + wrong.rule() + "."));
    }

    private static Optional<Wrong> wrong(ConfigKey key, String value) {
        Object parsed;
        try {
            parsed = ConfigDef.parseType(key.name, value, key.type);
        } catch (ConfigException e) {
            return Optional.of(new Wrong(kind(key.type), ""));
        }
        if (key.name.equals(StreamsConfig.NUM_STREAM_THREADS_CONFIG)
                && (Integer) parsed < 1) { // Kafka takes any number
            return Optional.of(new Wrong("1 or more", ""));
        }
        try {
            new ConfigDef().define(key).parse(Map.of(key.name, value)); // as a client does
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(new Wrong("a value that Kafka takes", rule(key.name, String.valueOf(e.getMessage()))));
        }
    }

    private static String kind(ConfigDef.Type type) {
        return switch (type) {
            case INT, LONG, SHORT -> "a whole number";
            case DOUBLE -> "a number";
            case BOOLEAN -> "true or false";
            case CLASS -> "a class on the class path";
            case LIST, STRING, PASSWORD -> "a value that Kafka takes";
        };
    }

    /** Kafka's message, without the value, which may be a secret. */
    private static String rule(String name, String message) {
        String before = " for configuration " + name + ": ";
        int at = message.indexOf(before);
        return at < 0 ? "" : ": " + message.substring(at + before.length());
    }

    /**
     * Why a value is invalid.
     *
     * @param rule Kafka's message; may be empty
     */
    private record Wrong(String expected, String rule) {}
}
