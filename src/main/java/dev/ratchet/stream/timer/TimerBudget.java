package dev.ratchet.stream.timer;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much timer work one stream thread does: 200 ms and 10,000 entries of each half second, for all its partitions and
 * lanes together. What is left over is for records, and a transaction is never kept open for long.
 *
 * <p>Those that did not finish in one window share the next evenly, so that one with much to do does not hold up the others.
 * Each fires one entry at least. For one thread.
 */
public final class TimerBudget {
    private static final ThreadLocal<TimerBudget> OF_THREAD =
            ThreadLocal.withInitial(() -> new TimerBudget(System::nanoTime));

    /** In ms; partitions tick as often. */
    private static final long WINDOW = 500;

    private static final int MOST = 10_000;
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(200);

    private final LongSupplier nanos;
    private long windowAt;
    private int fired;
    private long spent;
    private int unfinished;
    private int sharing = 1;

    /** @param nanos a clock like {@link System#nanoTime} */
    public TimerBudget(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public static TimerBudget ofThread() {
        return OF_THREAD.get();
    }

    /**
     * The turn of one lane of a partition; to be closed before the next begins.
     *
     * @param now ms of the wall clock, which may jump
     */
    public Turn turn(long now) {
        if (Math.abs(now - windowAt) >= WINDOW) {
            windowAt = now;
            sharing = Math.max(1, unfinished);
            unfinished = 0;
            fired = 0;
            spent = 0;
        }
        return new Turn(Math.min(MOST / sharing, MOST - fired), Math.min(LONGEST / sharing, LONGEST - spent));
    }

    /** What one lane may do now. */
    public final class Turn implements AutoCloseable {
        private final int most;
        private final long longest;
        private final long began = nanos.getAsLong();
        private int done;
        private boolean stopped;

        private Turn(int most, long longest) {
            this.most = most;
            this.longest = longest;
        }

        /** {@return whether one more entry may be fired, which counts it; if not, the lane goes on in its next turn} */
        public boolean take() {
            if (done > 0 && (done >= most || nanos.getAsLong() - began >= longest)) {
                stopped = true;
                return false;
            }
            done++;
            return true;
        }

        @Override
        public void close() {
            fired += done;
            spent += nanos.getAsLong() - began;
            unfinished += stopped ? 1 : 0;
        }
    }
}
