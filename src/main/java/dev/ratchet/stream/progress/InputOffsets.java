package dev.ratchet.stream.progress;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets of the input topics, and leaders of any topic, as the brokers report them. Each call blocks for some seconds
 * at most.
 */
public interface InputOffsets {
    /** The committed offsets of the group, without partitions that have none. */
    Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException, TimeoutException;

    /** The first offsets of the logs, without partitions for which no broker answered (no leader, for example). */
    Map<TopicPartition, Long> starts(Collection<TopicPartition> inputs)
            throws ExecutionException, InterruptedException, TimeoutException;

    /** The end offsets with read_committed, without partitions for which no broker answered. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> inputs)
            throws ExecutionException, InterruptedException, TimeoutException;

    /** {@return the partitions of these topics that have no leader} None for a topic that does not exist. */
    Set<TopicPartition> leaderless(Collection<String> topics) throws InterruptedException, TimeoutException;
}
