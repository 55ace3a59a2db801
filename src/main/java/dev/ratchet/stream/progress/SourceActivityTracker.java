package dev.ratchet.stream.progress;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * For how long the source has written nothing, by the end offsets of its topics: so every instance sees the same, whichever
 * of them reads what. No wall clock is asked.
 *
 * <p>The sum of the end offsets identifies a silence: it stays the same until the source writes again, and is never the same
 * later. For all partitions of a process; thread-safe.
 */
public final class SourceActivityTracker {
    /** No sum yet. */
    public static final long UNKNOWN = -1;

    private long total = UNKNOWN;
    private long silentNanos;
    private long observedAt;
    private long reported = UNKNOWN;
    private long withLiveTasks = UNKNOWN;
    private long withStuckTask = UNKNOWN;
    private int ofStuckTask;

    /**
     * The brokers have answered.
     *
     * @param sum of the end offsets of all partitions of the source's topics
     * @param nanos as {@link System#nanoTime}
     */
    public synchronized void observe(long sum, long nanos) {
        silentNanos = sum == total ? silentNanos + (nanos - observedAt) : 0;
        total = sum;
        observedAt = nanos;
    }

    /**
     * The brokers have told some of the ends.
     *
     * @param sum of these, and of the ends that the others had when they were last told. If it is another, the source has
     *     written; if not, it may have written to the others, so the time since the last answer does not count
     * @param nanos as {@link System#nanoTime}
     */
    synchronized void observeSome(long sum, long nanos) {
        if (sum == total) {
            skip(nanos);
        } else {
            observe(sum, nanos);
        }
    }

    /** The brokers did not answer, so perhaps the source cannot write: the time since the last answer does not count. */
    public synchronized void skip(long nanos) {
        observedAt = nanos;
    }

    /** {@return the sum that identifies the silence; empty if the source is not silent for so long, nor known to be} */
    public synchronized OptionalLong silence(Duration limit) {
        boolean silent = total != UNKNOWN && (silentNanos >= limit.toNanos() || total == reported);
        return silent ? OptionalLong.of(total) : OptionalLong.empty();
    }

    /** Whether the source has written again since this silence; false as long as that is not known. */
    public synchronized boolean hasEnded(long silence) {
        return total != UNKNOWN && total != silence;
    }

    /** This silence was told, perhaps by a process before this one. */
    public synchronized void markReported(long silence) {
        reported = silence;
    }

    /** A partition of this process has live tasks in this silence. */
    public synchronized void markLiveTasks(long silence) {
        withLiveTasks = silence;
    }

    public synchronized boolean hasLiveTasks(long silence) {
        return withLiveTasks == silence;
    }

    /** {@return whether it is for this partition to call a task stuck in this silence; it is for one of the process} */
    public synchronized boolean claimStuckTask(long silence, int partition) {
        if (withStuckTask != silence) {
            withStuckTask = silence;
            ofStuckTask = partition;
        }
        return ofStuckTask == partition;
    }
}
