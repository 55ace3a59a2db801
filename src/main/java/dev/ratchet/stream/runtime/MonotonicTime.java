package dev.ratchet.stream.runtime;

import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Time;

/**
 * A wall clock that never goes back. Kafka Streams uses it to time commits and timer ticks: if the clock were set back
 * by one hour, it would do neither for one hour. When the wall clock is set back, this clock runs at half speed until
 * the wall clock has caught up. When it is set forward, this clock follows at once. Thread-safe.
 */
final class MonotonicTime implements Time {
    private static final long NANOS = 1_000_000;

    private final LongSupplier wall;
    private final LongSupplier nanos;

    private long last;
    private long lastAt;

    MonotonicTime() {
        this(System::currentTimeMillis, System::nanoTime);
    }

    /**
     * @param wall ms
     * @param nanos of a clock like {@link System#nanoTime}
     */
    MonotonicTime(LongSupplier wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        last = wall.getAsLong();
        lastAt = nanos.getAsLong();
    }

    @Override
    public synchronized long milliseconds() {
        long now = wall.getAsLong();
        long at = nanos.getAsLong();
        if (now >= last) {
            last = now;
            lastAt = at;
        } else {
            long half = (at - lastAt) / (2 * NANOS);
            last = Math.max(now, last + half);
            lastAt += half * 2 * NANOS;
        }
        return last;
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
