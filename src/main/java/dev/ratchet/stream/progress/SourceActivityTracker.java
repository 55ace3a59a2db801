package dev.ratchet.stream.progress;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long the source has written nothing, by the end offsets of its topics: every instance sees the same, whichever
 * partitions it owns. Uses no wall clock.
 *
 * <p>The sum of the end offsets identifies a silence: it stays the same until the source writes again, and never
 * recurs. One for all partitions of a process. Thread-safe.
 */
public final class SourceActivityTracker {
    /** No sum is known. */
    public static final long UNKNOWN = -1;

    private long total = UNKNOWN;
    private long silentNanos;
    private long observedAt;
    private long reported = UNKNOWN;
    private long withLiveTasks = UNKNOWN;
    private long withStuckTask = UNKNOWN;
    private int ofStuckTask;

    /**
     * The brokers returned end offsets.
     *
     * @param sum of the end offsets of all partitions of the source's topics
     * @param isComplete whether they returned all; if not, the sum has the last known ones of the other partitions.
     *     Another sum shows that the source has written. The same sum does not show a silence, because the source may
     *     have written to the other partitions: the time since the last answer does not count
     * @param nanos as {@link System#nanoTime}
     */
    public synchronized void observe(long sum, boolean isComplete, long nanos) {
        if (sum != total) {
            silentNanos = 0;
        } else if (isComplete) {
            silentNanos += nanos - observedAt;
        }
        total = sum;
        observedAt = nanos;
    }

    /**
     * The brokers did not answer. The time since the last answer does not count as silence, because the source may be
     * unable to write.
     */
    public synchronized void skip(long nanos) {
        observedAt = nanos;
    }

    /**
     * {@return the sum that identifies the silence; empty if the source has not been silent for the limit, or nothing
     * is known}
     */
    public synchronized OptionalLong silence(Duration limit) {
        boolean silent = total != UNKNOWN && (silentNanos >= limit.toNanos() || total == reported);
        return silent ? OptionalLong.of(total) : OptionalLong.empty();
    }

    /** Whether the source has written again since this silence; false while that is unknown. */
    public synchronized boolean hasEnded(long silence) {
        return total != UNKNOWN && total != silence;
    }

    /** Marks a silence as reported, possibly by an earlier process. */
    public synchronized void markReported(long silence) {
        reported = silence;
    }

    /** Notes that a partition of this process has live tasks in this silence. */
    public synchronized void markLiveTasks(long silence) {
        withLiveTasks = silence;
    }

    public synchronized boolean hasLiveTasks(long silence) {
        return withLiveTasks == silence;
    }

    /**
     * {@return whether this partition may report one task as stuck in this silence; one partition of the process may}
     */
    public synchronized boolean claimStuckTask(long silence, int partition) {
        if (withStuckTask != silence) {
            withStuckTask = silence;
            ofStuckTask = partition;
        }
        return ofStuckTask == partition;
    }
}
