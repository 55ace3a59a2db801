package dev.ratchet.config;

import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What a setting may be, in words and as a test. The words stand in the reference and, after "Expected NAME to be", in
 * the error text.
 *
 * @param type what Kafka parses the value as
 * @param words covers the type too, e.g. {@code a whole number of at least 0}: a value that has not even the type gets
 *     the same answer
 * @param holds asked of the parsed value, which is never null; false, not an exception, if the value is wrong
 */
record Validator(ConfigDef.Type type, String words, Predicate<Object> holds) implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        // Kafka asks of an absent value too; whether one may be absent is not for the check to say.
        if (value != null && !holds.test(value)) {
            throw new ConfigException(name, value, "Expected " + words);
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
