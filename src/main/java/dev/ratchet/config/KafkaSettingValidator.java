package dev.ratchet.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Checks {@code kafka.*} against what Ratchet sets itself, and against Kafka's declarations. Without this, a client that
 * cannot be created looks like a broker that does not answer, and the start waits for it.
 */
final class KafkaSettingValidator {
    /** Settings of Kafka Streams that Ratchet sets itself, by Kafka's names, with what to do instead. */
    static final SortedMap<String, String> RESERVED = new TreeMap<>();

    private static final String EXACTLY_ONCE = StreamsConfig.EXACTLY_ONCE_V2;

    static {
        reserve("set ratchet.application.id", StreamsConfig.APPLICATION_ID_CONFIG);
        reserve("set " + HttpSettings.ADVERTISED, StreamsConfig.APPLICATION_SERVER_CONFIG);
        reserve("set ratchet.state.dir", StreamsConfig.STATE_DIR_CONFIG);
        reserve("set ratchet.topic.dead-letters", StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG);
        reserve(
                "it is always true",
                StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
                "processing.exception.handler.global.enabled");
        reserve("no store has a cache", StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, "cache.max.bytes.buffering");
        reserve(
                "with another handler records are lost that Ratchet would count as dead letters",
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
                "default.deserialization.exception.handler",
                "default.production.exception.handler");
    }

    private static void reserve(String instead, String... names) {
        Stream.of(names).forEach(name -> RESERVED.put(name, instead));
    }

    private KafkaSettingValidator() {}

    /** {@return the error in the setting} Empty for one that Kafka does not know. */
    static Optional<String> mistake(SettingValue one) {
        String name = KafkaSettingNames.bare(one.name());
        if (name.equals(one.name())) {
            return Optional.empty(); // not Kafka's
        }
        String got = ", but got '" + one.shown() + "'";
        if (RESERVED.containsKey(name)) {
            return Optional.of(
                    one.mistake("Expected " + one.name() + " not to be set" + got + ": " + RESERVED.get(name) + "."));
        }
        if (name.equals(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)) {
            return Optional.of(one.mistake("Expected " + one.name() + " to be " + EXACTLY_ONCE + got
                            + ": after a failure changes could be published twice, or not at all."))
                    .filter(other -> !one.value().strip().equals(EXACTLY_ONCE));
        }
        if (one.value().isBlank() || one.value().contains("${")) { // a config provider of Kafka's replaces it later
            return Optional.empty();
        }
        List<Optional<Wrong>> reasons = KafkaSettingNames.keys(name).stream()
                .map(key -> wrong(key, one.value()))
                .toList();
        return reasons.stream()
                .findFirst()
                .filter(first -> reasons.stream().allMatch(Optional::isPresent)) // the other clients may not read it
                .flatMap(first -> first)
                .map(wrong -> one.mistake(
                        "Expected " + one.name() + " to be " + wrong.expected() + got + wrong.rule() + "."));
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
