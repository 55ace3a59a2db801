package dev.ratchet.stream.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides what is stalled: work that was there, and had come no further, at each look for longer than a limit. Looks that lie
 * far apart show that the process itself was halted, and begin anew. A pure function of what it is shown and of the times. For
 * one thread.
 */
final class StallDetector {
    /** Work that came to this at that time, and no further since. */
    private record Since(Object progress, long nanos) {}

    private final Duration limit;
    private final Map<String, Since> observed = new HashMap<>();
    private long checkedAt;

    StallDetector(Duration limit) {
        this.limit = limit;
    }

    /**
     * Takes a look.
     *
     * @param work all there is to do, in words; and how far each has come, in anything that changes with progress
     * @param nanos of a clock like {@link System#nanoTime}
     * @return what is stalled of it
     */
    Map<String, Object> findStalled(Map<String, Object> work, long nanos) {
        if (nanos - checkedAt > limit.toNanos() / 2) {
            reset();
        }
        checkedAt = nanos;
        observed.keySet().retainAll(work.keySet());
        Map<String, Object> stalled = new TreeMap<>();
        work.forEach((what, progress) -> {
            Since since = observed.get(what);
            if (since == null || !since.progress().equals(progress)) {
                observed.put(what, new Since(progress, nanos));
            } else if (nanos - since.nanos() >= limit.toNanos()) {
                stalled.put(what, progress);
            }
        });
        return stalled;
    }

    /** What was seen until now says nothing: all times start anew. */
    void reset() {
        observed.clear();
    }
}
