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
 * @param isForNew whether a new topic gets the value; if not, it has what the brokers give it
 */
record TopicRule(
        String config, String value, Predicate<String> accepts, String expected, String otherwise, boolean isForNew) {
    static TopicRule exactly(String config, String value) {
        return new TopicRule(config, value, value::equals, value, "", true);
    }

    /** Any value of at least {@code least} will do; a new topic gets {@code value}. */
    static TopicRule atLeast(String config, long least, long value) {
        return new TopicRule(
                config, String.valueOf(value), found -> Long.parseLong(found) >= least, "at least " + least, "", true);
    }

    /** The largest record of Ratchet's on the topic, in bytes. */
    static TopicRule recordSize(int largest) {
        return new TopicRule(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                String.valueOf(Math.max(largest, TopicPlan.KAFKAS_MAX_MESSAGE_BYTES)),
                found -> Long.parseLong(found) >= largest,
                "at least " + largest,
                ", and of Ratchet's records there the brokers refuse those that are larger: what leads to them becomes a"
                        + " dead letter (TOO_LARGE), and each may cost a stream thread",
                false);
    }

    /** A new topic gets the value; one that is there already may have any other. */
    static TopicRule whenCreated(String config, long value) {
        return new TopicRule(config, String.valueOf(value), found -> true, "any", "", true);
    }

    /** Of an input: "compact,delete" is no better, and neither deleting nor compacting is fine. */
    static TopicRule notCompacted() {
        return new TopicRule(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                found -> !List.of(found.split("\\s*,\\s*")).contains(TopicConfig.CLEANUP_POLICY_COMPACT),
                TopicConfig.CLEANUP_POLICY_DELETE,
                ", which loses events",
                true);
    }

    /** Whether the stream had better not start without it: what is lost, or refused by the broker, cannot be mended. */
    boolean isFatal() {
        return config.equals(TopicConfig.CLEANUP_POLICY_CONFIG);
    }
}
