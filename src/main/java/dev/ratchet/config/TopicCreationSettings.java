package dev.ratchet.config;

import java.time.Duration;

/**
 * How Ratchet creates missing topics.
 *
 * @param partitions of each topic, at least 1
 * @param replicationFactor at least 1, or {@link #BROKER_DEFAULT}
 * @param retention of the topics with clean-up policy delete; at least a minute
 */
public record TopicCreationSettings(
        @Setting(name = "ratchet.topic.partitions", defaultValue = "6", min = 1)
        int partitions,

        @Setting(name = "ratchet.topic.replication.factor", defaultValue = "-1", check = TextCheck.REPLICATION_FACTOR)
        short replicationFactor,

        @Setting(name = "ratchet.topic.retention", defaultValue = "P7D", min = 60)
        Duration retention) {
    /** Kafka's value for the broker's default replication factor. */
    public static final short BROKER_DEFAULT = -1;
}
