package dev.ratchet.stream.progress;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;

/** Offsets of the input topics and leaders of any topic, as the brokers tell. Each call blocks for some seconds at most. */
public interface InputOffsets extends AutoCloseable {
    /** What the group has committed; without the partitions of which it has committed nothing. */
    Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException, TimeoutException;

    /** The first offsets that the logs hold; without the partitions of which no broker told it, having no leader, say. */
    Map<TopicPartition, Long> starts(Collection<TopicPartition> inputs)
            throws ExecutionException, InterruptedException, TimeoutException;

    /** The offsets that follow the last of all transactions that are over; without the partitions of which none told it. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> inputs)
            throws ExecutionException, InterruptedException, TimeoutException;

    /** {@return the partitions of these topics that have no leader} Of a topic that does not exist, none. */
    Set<TopicPartition> leaderless(Collection<String> topics) throws InterruptedException, TimeoutException;

    @Override
    void close();
}
