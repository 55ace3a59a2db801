package dev.ratchet.stream;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Tasks of which Kafka rejected a record as too large. The transaction is aborted, and its input is read again; input
 * records of such a task are then not processed a second time, or the same failure would repeat forever. One for all
 * threads of a stream. In memory only: after a restart a task fails once more. Thread-safe.
 */
public final class OversizedTasks {
    /** The name in the configuration of Kafka Streams under which handler and processors find it. */
    public static final String CONFIG = "ratchet.oversized.tasks";

    /** Maximum number of tasks. The oldest is dropped, and would fail once more. */
    private static final int MOST = 1_000;

    /** @param upTo by input partition, the last offset that was read when the record was rejected */
    private record Refusal(String error, Map<TopicPartition, Long> upTo) {}

    private final Map<String, Refusal> refusals = new LinkedHashMap<>();
    private final Map<TopicPartition, AtomicLong> positions = new ConcurrentHashMap<>();

    /** Makes the check one volatile read while no record was ever rejected. */
    private volatile boolean isEmpty = true;

    public static OversizedTasks in(Map<String, ?> settings) {
        if (settings.get(CONFIG) instanceof OversizedTasks tasks) {
            return tasks;
        }
        throw new IllegalStateException(
                "Expected " + CONFIG + " in the configuration of Kafka Streams, but it is missing");
    }

    /** The offset of the last record read of this partition, to be set by its reader. */
    public AtomicLong position(TopicPartition input) {
        return positions.computeIfAbsent(input, first -> new AtomicLong(-1));
    }

    /**
     * Adds a task of which Kafka rejected a record.
     *
     * @param partition number of the input partitions that led to it
     * @param error for the dead letters
     */
    public synchronized void add(String taskId, int partition, String error) {
        Map<TopicPartition, Long> upTo = new HashMap<>();
        positions.forEach((input, offset) -> {
            if (input.partition() == partition) {
                upTo.put(input, offset.get());
            }
        });
        refusals.remove(taskId); // so that it comes last
        refusals.put(taskId, new Refusal(error, upTo));
        if (refusals.size() > MOST) {
            refusals.remove(refusals.keySet().iterator().next());
        }
        isEmpty = false;
    }

    /** Why the record of the task at this offset must not be processed; empty if it may be. */
    public Optional<String> refusal(String taskId, TopicPartition input, long offset) {
        return find(taskId)
                .filter(refusal -> offset <= refusal.upTo().getOrDefault(input, -1L))
                .map(Refusal::error);
    }

    boolean contains(String taskId) {
        return find(taskId).isPresent();
    }

    private Optional<Refusal> find(String taskId) {
        if (isEmpty) {
            return Optional.empty();
        }
        synchronized (this) {
            return Optional.ofNullable(refusals.get(taskId));
        }
    }
}
