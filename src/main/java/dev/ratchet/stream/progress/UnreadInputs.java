package dev.ratchet.stream.progress;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;

/** Which assigned partitions hold records that are still to be read, as the brokers tell. */
public final class UnreadInputs {
    /**
     * What is still to be read.
     *
     * @param inputs those with records that are still to be read; and the offsets up to which the inputs of the same partition
     *     have been read, all together: Kafka Streams reads the older records first, so one may wait long for another
     * @param unknown what was asked for, but no broker told its end: it has no leader, say. Nothing can be said of it, nor of
     *     the inputs of the same partition, for which Kafka Streams may wait for it
     */
    public record Unread(Map<TopicPartition, Long> inputs, Set<TopicPartition> unknown) {}

    private final CatchUpTracker catchUp;
    private final Collection<String> topics;
    private final Collection<String> written;
    private final InputOffsets offsets;

    /**
     * Which are unread, of some topics.
     *
     * @param topics that the stream reads
     * @param written those that it writes: a commit waits, without end, for one that has no leader
     */
    public UnreadInputs(
            CatchUpTracker catchUp, Collection<String> topics, Collection<String> written, InputOffsets offsets) {
        this.written = List.copyOf(written);
        this.catchUp = catchUp;
        this.topics = List.copyOf(topics);
        this.offsets = offsets;
    }

    /**
     * Asks the brokers, even if no partition is assigned.
     *
     * @param changelogs of stores that are being restored: their ends are asked for too
     * @throws TimeoutException if they do not answer in time, or a partition that is written has no leader
     */
    public Unread read(Collection<TopicPartition> changelogs)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<TopicPartition> leaderless = offsets.leaderless(written);
        if (!leaderless.isEmpty()) {
            throw new TimeoutException(
                    "Expected partitions that are written to have leaders, but these have none: " + leaderless);
        }
        List<PartitionProgress> assigned = catchUp.assigned();
        List<TopicPartition> inputs =
                assigned.stream().flatMap(one -> inputs(one).stream()).toList();
        List<TopicPartition> asked = new ArrayList<>(inputs);
        asked.addAll(changelogs);
        Map<TopicPartition, Long> committed = offsets.committed();
        Map<TopicPartition, Long> starts = offsets.starts(inputs);
        Map<TopicPartition, Long> ends = offsets.ends(asked); // last, as the others may be growing
        Map<TopicPartition, Long> unread = new HashMap<>();
        for (PartitionProgress one : assigned) {
            if (ends.keySet().containsAll(inputs(one))) {
                addUnread(one, committed, starts, ends, unread);
            }
        }
        asked.removeAll(ends.keySet());
        return new Unread(unread, Set.copyOf(asked));
    }

    private void addUnread(
            PartitionProgress one,
            Map<TopicPartition, Long> committed,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, Long> unread) {
        long total = 0;
        List<TopicPartition> behind = new ArrayList<>();
        for (TopicPartition input : inputs(one)) {
            long read = one.readUpTo(input, committed, starts);
            total += read;
            if (read < ends.getOrDefault(input, 0L)) {
                behind.add(input);
            }
        }
        for (TopicPartition input : behind) {
            unread.put(input, total);
        }
    }

    private List<TopicPartition> inputs(PartitionProgress progress) {
        return topics.stream()
                .map(topic -> new TopicPartition(topic, progress.partition()))
                .toList();
    }
}
