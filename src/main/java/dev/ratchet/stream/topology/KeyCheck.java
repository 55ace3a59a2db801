package dev.ratchet.stream.topology;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.task.TextLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Checks that a record has its task id as key, and is on the partition where Kafka's own partitioner puts that key. */
final class KeyCheck {
    /** Bytes of a key that a message quotes: enough for any id. */
    private static final int MOST_SHOWN = 3 * TextLimits.ID;

    /** Why a record cannot be processed where it is. */
    record Misplaced(DeadLetterCategory category, String error) {}

    private KeyCheck() {}

    /** {@return what is wrong; empty if all is well} */
    static Optional<Misplaced> misplaced(byte @Nullable [] key, String taskId, TopicPartition input, int partitions) {
        if (key == null || !Arrays.equals(key, taskId.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(new Misplaced(
                    DeadLetterCategory.KEY_MISMATCH,
                    "Expected the key to be the task id '" + taskId + "', but got " + shown(key)));
        }
        int expected = BuiltInPartitioner.partitionForKey(key, partitions);
        if (input.partition() == expected) {
            return Optional.empty();
        }
        return Optional.of(new Misplaced(
                DeadLetterCategory.PARTITION_MISMATCH,
                "Expected key '" + taskId + "' on partition " + expected + " of " + partitions
                        + ", where Kafka's own partitioner puts it, but got it on " + input.partition()));
    }

    private static String shown(byte @Nullable [] key) {
        if (key == null) {
            return "none";
        }
        String text = new String(key, 0, Math.min(key.length, MOST_SHOWN), StandardCharsets.UTF_8);
        return key.length <= MOST_SHOWN ? "'" + text + "'" : "'" + text + "…' of " + key.length + " bytes";
    }
}
