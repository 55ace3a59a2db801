package dev.ratchet.stream.state;

import org.apache.kafka.common.utils.Bytes;

/**
 * Values of a partition itself in the store of its timers. Their keys begin with 0, so they are before those of timers,
 * which begin with their type. {@link OpenAlerts} has the keys that begin with 0 and 4.
 */
public enum PartitionValue {
    /** The silence of the source that is reported. */
    REPORTED_SILENCE(new byte[] {0}),

    /** The time limits that all timers were last set with. */
    LIMITS(new byte[] {0, 1}),

    /** The progress of an audit of all tasks. */
    FULL_AUDIT(new byte[] {0, 2}),

    /** The number of tasks by status. */
    TASK_COUNTS(new byte[] {0, 3}),

    /** The progress of a republication. */
    REPUBLICATION(new byte[] {0, 6});

    private final Bytes key;

    PartitionValue(byte[] key) {
        this.key = Bytes.wrap(key);
    }

    public Bytes key() {
        return key;
    }
}
