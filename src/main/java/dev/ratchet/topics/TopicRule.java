package dev.ratchet.topics;

import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What one configuration of a topic must be.
 *
 * @param config Kafka's name of it
 * @param value what it is set to, where it is set
 * @param accepts whether a value that is there will do
 * @param expected the values that will do, in words
 * @param otherwise what another value means, to be read after it; may be empty
 */
record TopicRule(String config, String value, Predicate<String> accepts, String expected, String otherwise) {
    static TopicRule exactly(String config, String value) {
        return new TopicRule(config, value, value::equals, value, "");
    }

    /** Any value of at least {@code least} will do; a new topic gets {@code value}. */
    static TopicRule atLeast(String config, long least, long value) {
        return new TopicRule(
                config, String.valueOf(value), found -> Long.parseLong(found) >= least, "at least " + least, "");
    }

    /** A new topic gets the value; one that is there already may have any other. */
    static TopicRule whenCreated(String config, long value) {
        return new TopicRule(config, String.valueOf(value), found -> true, "any", "");
    }

    /** Of an input: "compact,delete" is no better, and neither deleting nor compacting is fine. */
    static TopicRule notCompacted() {
        return new TopicRule(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                found -> !List.of(found.split("\\s*,\\s*")).contains(TopicConfig.CLEANUP_POLICY_COMPACT),
                TopicConfig.CLEANUP_POLICY_DELETE,
                ", which loses events");
    }

    /** Whether the stream had better not start without it: what is lost, or refused by the broker, cannot be mended. */
    boolean isVital() {
        return config.equals(TopicConfig.CLEANUP_POLICY_CONFIG);
    }
}
