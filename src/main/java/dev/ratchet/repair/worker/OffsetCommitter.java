package dev.ratchet.repair.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits the offsets of completed commands. A failed commit is made up for by the next one, or by the next owner. */
final class OffsetCommitter implements ConsumerRebalanceListener {
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommitter.class);

    private final Consumer<?, ?> consumer;
    private final CommandQueue queue;

    OffsetCommitter(Consumer<?, ?> consumer, CommandQueue queue) {
        this.consumer = consumer;
        this.queue = queue;
    }

    void commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = queue.committable();
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, COMMIT_TIMEOUT);
            queue.markCommitted(offsets);
        } catch (CommitFailedException | RebalanceInProgressException | RetriableException e) {
            // The next owner of the partition executes them again and finds the tasks consistent.
            LOG.info("Offsets of commands are not committed. offsets={}, error={}", offsets, e.getMessage());
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commit();
        queue.removePartitions(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        queue.removePartitions(partitions);
    }
}
