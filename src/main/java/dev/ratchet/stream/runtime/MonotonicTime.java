package dev.ratchet.stream.runtime;

import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Time;

/**
 * The wall clock, but it never goes back. Kafka Streams measures by it how long its last commit and the last tick of the timers
 * were ago: with a clock that is set back by an hour it would do neither for an hour. This one goes at half speed until the wall
 * clock has caught up. Where the wall clock is set forward, it follows at once. Thread-safe.
 */
final class MonotonicTime implements Time {
    private static final long NANOS = 1_000_000;

    private final LongSupplier wall;
    private final LongSupplier nanos;

    private long told;
    private long toldAt;

    MonotonicTime() {
        this(System::currentTimeMillis, System::nanoTime);
    }

    /**
     * For tests.
     *
     * @param wall ms
     * @param nanos of a clock like {@link System#nanoTime}
     */
    MonotonicTime(LongSupplier wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        told = wall.getAsLong();
        toldAt = nanos.getAsLong();
    }

    @Override
    public synchronized long milliseconds() {
        long now = wall.getAsLong();
        long at = nanos.getAsLong();
        if (now >= told) {
            told = now;
            toldAt = at;
        } else {
            long half = (at - toldAt) / (2 * NANOS);
            told = Math.max(now, told + half);
            toldAt += half * 2 * NANOS;
        }
        return told;
    }

    @Override
    public long nanoseconds() {
        return nanos.getAsLong();
    }

    @Override
    public void sleep(long millis) {
        Time.SYSTEM.sleep(millis);
    }
}
