package dev.ratchet.topics;

import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A rule for one configuration of a topic.
 *
 * @param config Kafka's name
 * @param value set by {@code topics apply}
 * @param accepts whether an existing value is accepted
 * @param expected accepted values, for messages
 * @param otherwise the effect of another value, for messages; may be empty
 * @param isForNew whether a new topic gets the value; otherwise it has the broker's default
 */
record TopicRule(
        String config, String value, Predicate<String> accepts, String expected, String otherwise, boolean isForNew) {
    static TopicRule exactly(String config, String value) {
        return new TopicRule(config, value, value::equals, value, "", true);
    }

    /** Accepts values from {@code least} on; a new topic gets {@code value}. */
    static TopicRule atLeast(String config, long least, long value) {
        return new TopicRule(
                config, String.valueOf(value), found -> Long.parseLong(found) >= least, "at least " + least, "", true);
    }

    /** @param largest bytes of Ratchet's largest record on the topic */
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

    /** A new topic gets the value; an existing one may have any. */
    static TopicRule whenCreated(String config, long value) {
        return new TopicRule(config, String.valueOf(value), found -> true, "any", "", true);
    }

    /** For inputs: rejects "compact" and "compact,delete". */
    static TopicRule notCompacted() {
        return new TopicRule(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                found -> !List.of(found.split("\\s*,\\s*")).contains(TopicConfig.CLEANUP_POLICY_COMPACT),
                TopicConfig.CLEANUP_POLICY_DELETE,
                ", which loses events",
                true);
    }

    /** Whether the stream must not start if the rule is violated, since records would be lost. */
    boolean isFatal() {
        return config.equals(TopicConfig.CLEANUP_POLICY_CONFIG);
    }
}
