package dev.ratchet.stream;

import dev.ratchet.stream.Timers.Entry;
import dev.ratchet.stream.Timers.Lane;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Fires what is due, so many and so long at a time; the rest is for the next tick. */
final class Ticker {
    private static final int AT_ONCE = 500;
    private static final int MOST = 10_000;
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(200);

    private final Timers timers;

    Ticker(Timers timers) {
        this.timers = timers;
    }

    /** What is done about an entry. */
    interface Firing {
        /** {@return false to leave this one and all after it for another time} */
        boolean fire(Entry entry, long now);
    }

    void tick(Lane lane, long now, Firing firing) {
        long began = System.nanoTime();
        for (int fired = 0; fired < MOST && System.nanoTime() - began < LONGEST; fired += AT_ONCE) {
            List<Entry> due = timers.due(lane, now, AT_ONCE);
            for (Entry entry : due) {
                if (!firing.fire(entry, now)) {
                    timers.lookFrom(lane, entry.due());
                    return;
                }
            }
            if (due.size() < AT_ONCE) {
                return;
            }
        }
    }
}
