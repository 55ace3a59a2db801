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
 * Holds values of {@code kafka.*} against what Kafka declares. A client that cannot be made looks like a broker that does not
 * answer, which is waited for.
 */
final class KafkaSettingValidator {
    private KafkaSettingValidator() {}

    /** {@return what is wrong with the value} Nothing, where Kafka does not know the name, or another check is told of it. */
    static Optional<String> mistake(SettingValue one) {
        if (!one.name().startsWith(SettingDefinitions.KAFKA_PREFIX)) {
            return Optional.empty();
        }
        String name = one.name().substring(SettingDefinitions.KAFKA_PREFIX.length());
        boolean isLeftToOthers = ReservedKafkaSettings.NAMES.containsKey(name)
                || name.equals(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)
                || one.value().isBlank()
                || one.value().contains("${"); // a provider of Kafka's puts it in later
        if (name.equals(StreamsConfig.NUM_STREAM_THREADS_CONFIG)
                && one.value().strip().equals("0")) {
            return Optional.of(
                    one.mistake("Expected " + one.name() + " to be 1 or more, but got '" + one.shown() + "'."));
        }
        List<Wrong> reasons = new ArrayList<>();
        for (ConfigKey key : isLeftToOthers ? List.<ConfigKey>of() : KafkaSettingNames.keys(name)) {
            Optional<Wrong> reason = wrong(key, one.value());
            if (reason.isEmpty()) {
                return Optional.empty(); // good for one of them; the others may not even look at it
            }
            reasons.add(reason.get());
        }
        return reasons.stream()
                .findFirst()
                .map(wrong -> one.mistake("Expected " + one.name() + " to be " + wrong.expected() + ", but got '"
                        + one.shown() + "'" + wrong.rule() + "."));
    }

    private static Optional<Wrong> wrong(ConfigKey key, String value) {
        try {
            ConfigDef.parseType(key.name, value, key.type);
        } catch (ConfigException e) {
            return Optional.of(new Wrong(kind(key.type), ""));
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

    /** Kafka's own words, without the value, which may be a secret. */
    private static String rule(String name, String message) {
        String before = " for configuration " + name + ": ";
        int at = message.indexOf(before);
        return at < 0 ? "" : ": " + message.substring(at + before.length());
    }

    /**
     * Why a value is refused.
     *
     * @param rule in Kafka's words; may be empty
     */
    private record Wrong(String expected, String rule) {}
}
