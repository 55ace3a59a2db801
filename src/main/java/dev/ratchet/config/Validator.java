package dev.ratchet.config;

import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The valid values of a setting, in words and as a test. The words appear in the reference and, after "Expected NAME to
 * be", in the error message.
 *
 * @param type the type that Kafka parses
 * @param words also covers the type, e.g. {@code a whole number of at least 0}: a value of another type gets the same
 *     message
 * @param holds tests the parsed value, which is never null; returns false for an invalid value, and does not throw
 */
record Validator(ConfigDef.Type type, String words, Predicate<Object> holds) implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        // Kafka validates absent values too; another check covers those
        if (value != null && !holds.test(value)) {
            throw new ConfigException(name, value, "Expected " + words);
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
