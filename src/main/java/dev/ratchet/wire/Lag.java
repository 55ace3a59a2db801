package dev.ratchet.wire;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * When to wait for an id that the registry does not know: one of its nodes may be told of a new schema a moment later than
 * the one that registered it. Not for each of many ids, since bytes that are no Avro at all may look as if they had one,
 * and would hold up all others. Safe for several threads.
 */
final class Lag {
    private static final long REST = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicLong next;

    Lag(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** Whether to wait now; if so, then not again for ten seconds. */
    boolean mayBe() {
        long now = nanoTime.getAsLong();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + REST);
    }
}
