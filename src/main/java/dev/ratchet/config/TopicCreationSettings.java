package dev.ratchet.config;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * How Ratchet creates missing topics.
 *
 * @param partitions of each topic, at least 1
 * @param replicationFactor at least 1, or {@link #BROKER_DEFAULT}
 * @param retention of the topics with clean-up policy delete; at least a minute
 */
public record TopicCreationSettings(int partitions, short replicationFactor, Duration retention) {
    /** Kafka's value for the broker's default replication factor. */
    public static final short BROKER_DEFAULT = -1;

    public static final String PARTITIONS = "ratchet.topic.partitions";
    static final String REPLICATION_FACTOR = "ratchet.topic.replication.factor";
    public static final String RETENTION = "ratchet.topic.retention";

    static void declare(ConfigDef definition) {
        new SettingGroup(definition, "Topics that `topics apply` creates")
                .declare(
                        PARTITIONS,
                        6,
                        Validators.atLeast(ConfigDef.Type.INT, 1),
                        Importance.MEDIUM,
                        "Partitions of each topic: the most stream threads that can share the work.")
                .declare(
                        REPLICATION_FACTOR,
                        BROKER_DEFAULT,
                        new Validator(
                                ConfigDef.Type.SHORT,
                                "-1 or a whole number of at least 1",
                                value -> (short) value == -1 || (short) value >= 1),
                        Importance.MEDIUM,
                        "Copies of each partition; `-1` leaves it to the broker.")
                .declare(
                        RETENTION,
                        "P7D",
                        Validators.durationOfAtLeast(Duration.ofMinutes(1), "P7D"),
                        Importance.MEDIUM,
                        "How long records are kept on the topics with clean-up `delete`.");
    }

    static TopicCreationSettings from(AbstractConfig config) {
        return new TopicCreationSettings(
                config.getInt(PARTITIONS),
                config.getShort(REPLICATION_FACTOR),
                Duration.parse(config.getString(RETENTION)));
    }
}
