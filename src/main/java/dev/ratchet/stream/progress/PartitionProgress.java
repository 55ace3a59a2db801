package dev.ratchet.stream.progress;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Progress of one assigned partition towards the end offsets that its inputs had at assignment.
 *
 * <p>An input has reached its end once the group has committed that offset or the log starts there; or once the
 * consumer's position is there and it returned no record, because only transaction markers and aborted transactions are
 * before it. Kafka Streams commits no position of an input of which it has processed nothing, so the committed offset
 * alone is not enough.
 *
 * <p>Thread-safe.
 */
public final class PartitionProgress {
    private final int partition;
    private final Thread owner;
    private final LongSupplier nanos;
    private final long assignedAt;
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final Set<TopicPartition> withRecords = ConcurrentHashMap.newKeySet();
    private volatile Map<TopicPartition, Long> ends = Map.of();
    private volatile boolean done;

    PartitionProgress(int partition, Thread owner, LongSupplier nanos) {
        this.partition = partition;
        this.owner = owner;
        this.nanos = nanos;
        this.assignedAt = nanos.getAsLong();
    }

    public int partition() {
        return partition;
    }

    boolean isOf(Thread thread) {
        return owner == thread;
    }

    List<TopicPartition> inputs(Collection<String> topics) {
        return topics.stream()
                .map(topic -> new TopicPartition(topic, partition))
                .toList();
    }

    long age() {
        return TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - assignedAt);
    }

    /** @param next the consumer's position after the poll */
    void consumed(TopicPartition input, boolean empty, long next) {
        if (!empty && !done) {
            withRecords.add(input);
        }
        positions.put(input, next);
    }

    boolean hasEnds() {
        return !ends.isEmpty();
    }

    /** @param offsets of all inputs: the first offsets that need not be read */
    void ends(Map<TopicPartition, Long> offsets) {
        ends = Map.copyOf(offsets);
    }

    /** {@return whether this partition has caught up, by the committed offsets and the first offsets of the logs} */
    boolean hasReached(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> starts) {
        return hasEnds()
                && ends.entrySet().stream()
                        .allMatch(input -> read(input.getKey(), committed, starts) >= input.getValue());
    }

    private long read(TopicPartition input, Map<TopicPartition, Long> committed, Map<TopicPartition, Long> starts) {
        return withRecords.contains(input)
                ? Math.max(committed.getOrDefault(input, 0L), starts.getOrDefault(input, 0L))
                : readUpTo(input, committed, starts);
    }

    /**
     * A number that changes while this partition catches up. It stays the same if nothing is read, if the end offsets are
     * not set, and if all are reached although the timers are still disabled.
     */
    long catchUpSteps(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> starts) {
        return !hasEnds() || hasReached(committed, starts)
                ? 0
                : ends.keySet().stream()
                        .mapToLong(input -> readUpTo(input, committed, starts))
                        .sum();
    }

    /** {@return the consumer's position of each input that was polled since the assignment} */
    public Map<TopicPartition, Long> positions() {
        return Map.copyOf(positions);
    }

    /** {@return the offset up to which this input need not be read from the brokers any more, committed or not} */
    long readUpTo(TopicPartition input, Map<TopicPartition, Long> committed, Map<TopicPartition, Long> starts) {
        long read = Math.max(committed.getOrDefault(input, 0L), starts.getOrDefault(input, 0L));
        return Math.max(read, positions.getOrDefault(input, 0L));
    }

    public boolean isDone() {
        return done;
    }

    /** To be called when the partition has caught up. */
    public void done() {
        done = true;
    }

    static String describe(Collection<PartitionProgress> behind) {
        return behind.stream()
                .flatMap(progress -> progress.ends.entrySet().stream())
                .map(end -> end.getKey() + " to " + end.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
