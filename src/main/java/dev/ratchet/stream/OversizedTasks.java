package dev.ratchet.stream;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Tasks of which Kafka refused a record as too large. The transaction is lost with it, and its input is read again; what
 * of it is about such a task is not processed a second time, or the same would happen for ever. One for all threads of a
 * stream; kept in memory only, so after a restart a task has to fail once more. Thread-safe.
 */
public final class OversizedTasks {
    /** Under this name the handler and the processors find it in the stream's settings. */
    public static final String CONFIG = "ratchet.oversized.tasks";

    /** Tasks that are remembered; the one longest known is forgotten, and would fail once more. */
    private static final int MOST = 1_000;

    /** @param upTo by input partition, the last offset that had been read when the record was refused */
    private record Refusal(String error, Map<TopicPartition, Long> upTo) {}

    private final Map<String, Refusal> refusals = new LinkedHashMap<>();
    private final Map<TopicPartition, AtomicLong> positions = new ConcurrentHashMap<>();

    /** So that a record costs one read as long as nothing was ever refused. */
    private volatile boolean isEmpty = true;

    /** The one in these settings of a stream. */
    public static OversizedTasks in(Map<String, ?> settings) {
        if (settings.get(CONFIG) instanceof OversizedTasks tasks) {
            return tasks;
        }
        throw new IllegalStateException("Expected " + CONFIG + " in the stream's settings, but it is not there");
    }

    /** Where the offset of the last record read of this partition is to be put. */
    public AtomicLong position(TopicPartition input) {
        return positions.computeIfAbsent(input, first -> new AtomicLong(-1));
    }

    /**
     * Kafka refused a record of this task.
     *
     * @param partition whose input led to it
     * @param error in words, for the dead letters
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

    /** Why the record of the task at this offset is not to be processed; empty if it is. */
    public Optional<String> refusal(String taskId, TopicPartition input, long offset) {
        return find(taskId)
                .filter(refusal -> offset <= refusal.upTo().getOrDefault(input, -1L))
                .map(Refusal::error);
    }

    /** Whether a record of this task was ever refused. */
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
