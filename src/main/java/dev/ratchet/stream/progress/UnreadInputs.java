package dev.ratchet.stream.progress;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Finds assigned partitions with unread records. */
public final class UnreadInputs {
    /**
     * Unread inputs.
     *
     * @param inputs inputs with unread records; each with the offsets up to which all inputs of the same partition were
     *     read, added up: Kafka Streams reads older records first, so one input may wait long for another
     * @param unknown partitions for which no broker returned the end offset (no leader, for example). Nothing is known
     *     about them, nor about the inputs of the same partition, for which Kafka Streams may wait
     * @param catchingUp partitions whose timers are disabled; each with a number that changes while it catches up
     */
    public record Unread(
            Map<TopicPartition, Long> inputs, Set<TopicPartition> unknown, Map<Integer, Long> catchingUp) {}

    /**
     * Offsets of the assigned inputs, as the brokers last returned them.
     *
     * @param committed of the group; without those of which nothing was processed yet
     * @param ends without those that no broker returned
     */
    public record Offsets(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends, Instant at) {}

    private final CatchUpTracker catchUp;
    private final Collection<String> topics;
    private final Collection<String> written;
    private final InputOffsets offsets;
    private volatile @Nullable Offsets latest;

    /**
     * @param topics the input topics of the stream
     * @param written the output topics: a commit waits without limit for a partition without a leader
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
     * @param changelogs of stores that are being restored: their ends are read too
     * @throws TimeoutException if the brokers do not answer in time, or an output partition has no leader
     */
    public Unread read(Collection<TopicPartition> changelogs)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<TopicPartition> leaderless = offsets.leaderless(written);
        if (!leaderless.isEmpty()) {
            throw new TimeoutException(
                    "Expected output partitions to have leaders, but these have none: " + leaderless);
        }
        List<PartitionProgress> assigned = catchUp.assigned();
        List<TopicPartition> inputs =
                assigned.stream().flatMap(one -> one.inputs(topics).stream()).toList();
        List<TopicPartition> asked = new ArrayList<>(inputs);
        asked.addAll(changelogs);
        Map<TopicPartition, Long> committed = offsets.committed();
        Map<TopicPartition, Long> starts = offsets.starts(inputs);
        Map<TopicPartition, Long> ends = offsets.ends(asked); // read last, because the others may grow
        latest = new Offsets(Map.copyOf(committed), Map.copyOf(ends), Instant.now());
        Map<TopicPartition, Long> unread = new HashMap<>();
        Map<Integer, Long> catchingUp = new HashMap<>();
        for (PartitionProgress one : assigned) {
            List<TopicPartition> own = one.inputs(topics);
            if (ends.keySet().containsAll(own)) {
                long total = own.stream()
                        .mapToLong(input -> one.readUpTo(input, committed, starts))
                        .sum();
                own.stream()
                        .filter(input -> one.readUpTo(input, committed, starts) < ends.getOrDefault(input, 0L))
                        .forEach(input -> unread.put(input, total));
                if (!one.isDone()) {
                    catchingUp.put(one.partition(), one.catchUpSteps(committed, starts));
                }
            }
        }
        asked.removeAll(ends.keySet());
        return new Unread(unread, Set.copyOf(asked), catchingUp);
    }

    /** {@return the offsets of the last {@link #read} that got an answer; empty before. Thread-safe} */
    public Optional<Offsets> latest() {
        return Optional.ofNullable(latest);
    }
}
