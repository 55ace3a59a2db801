package dev.ratchet.stream;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** When anything at all was last heard, by any partition of this process; and whether its silence was told. Thread-safe. */
final class Pulse {
    private final AtomicLong since = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong heardAt = new AtomicLong();
    private final AtomicBoolean told = new AtomicBoolean();

    /** From now on silence counts. Called again it changes nothing. */
    void start(long now) {
        since.compareAndSet(Long.MAX_VALUE, now);
    }

    void beat(long now) {
        heardAt.lazySet(now);
    }

    /** When something was last heard, ms; 0 if nothing was since the start of the process. */
    long heardAt() {
        return heardAt.get();
    }

    boolean isSilent(long now, long limit) {
        long last = Math.max(since.get(), heardAt.get());
        return last <= now && now - last >= limit;
    }

    /** {@return whether it is for the caller to tell: not for two partitions} */
    boolean tell() {
        return told.compareAndSet(false, true);
    }

    boolean isTold() {
        return told.get();
    }

    void over() {
        told.set(false);
    }
}
