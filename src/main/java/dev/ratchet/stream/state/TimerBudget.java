package dev.ratchet.stream.state;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits timer work of one stream thread to 200 ms and 10,000 entries of each half second, for all its partitions and
 * timer types together. The rest of the time is for records, and transactions stay short.
 *
 * <p>Turns that did not finish in one window share the next one evenly, so that one with much work does not delay the
 * others. Each turn runs one entry at least. For one thread.
 */
public final class TimerBudget {
    private static final ThreadLocal<TimerBudget> OF_THREAD =
            ThreadLocal.withInitial(() -> new TimerBudget(System::nanoTime));

    /** In ms; partitions tick at the same interval. */
    private static final long WINDOW = 500;

    private static final int MAX_ENTRIES = 10_000;
    private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final LongSupplier nanos;
    private long windowAt;
    private int usedEntries;
    private long usedNanos;
    private int unfinished;
    private int shares = 1;

    /** @param nanos a clock like {@link System#nanoTime} */
    public TimerBudget(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public static TimerBudget ofThread() {
        return OF_THREAD.get();
    }

    /**
     * Starts the turn of one timer type of a partition; close it before the next turn.
     *
     * @param now ms of the wall clock, which may jump
     */
    public Turn turn(long now) {
        if (Math.abs(now - windowAt) >= WINDOW) {
            windowAt = now;
            shares = Math.max(1, unfinished);
            unfinished = 0;
            usedEntries = 0;
            usedNanos = 0;
        }
        return new Turn(
                Math.min(MAX_ENTRIES / shares, MAX_ENTRIES - usedEntries),
                Math.min(MAX_NANOS / shares, MAX_NANOS - usedNanos));
    }

    public final class Turn implements AutoCloseable {
        private final int maxEntries;
        private final long maxNanos;
        private final long startedAt = nanos.getAsLong();
        private int done;
        private boolean stopped;

        private Turn(int maxEntries, long maxNanos) {
            this.maxEntries = maxEntries;
            this.maxNanos = maxNanos;
        }

        /** {@return whether one more entry may run, which counts it; if not, the next turn continues} */
        public boolean take() {
            if (done > 0 && (done >= maxEntries || nanos.getAsLong() - startedAt >= maxNanos)) {
                stopped = true;
                return false;
            }
            done++;
            return true;
        }

        @Override
        public void close() {
            usedEntries += done;
            usedNanos += nanos.getAsLong() - startedAt;
            unfinished += stopped ? 1 : 0;
        }
    }
}
