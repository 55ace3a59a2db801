package dev.ratchet.stream.state;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Values of a partition itself in the store of its timers. Their keys begin with 0, so they are before those of timers,
 * which begin with their type. {@link OpenAlerts} has the keys that begin with 0 and 4.
 */
public enum PartitionValue {
    /** The silence of the source that is reported. */
    REPORTED_SILENCE("\0"),

    /** The time limits that all timers were last set with. */
    LIMITS("\0\1"),

    /** The progress of an audit of all tasks. */
    FULL_AUDIT("\0\2"),

    /** The number of tasks by status. */
    TASK_COUNTS("\0\3"),

    /** The progress of a republication. */
    REPUBLICATION("\0\6");

    private final String key;

    PartitionValue(String key) {
        this.key = key;
    }

    public Bytes key() {
        return Bytes.wrap(key.getBytes(StandardCharsets.US_ASCII));
    }
}
