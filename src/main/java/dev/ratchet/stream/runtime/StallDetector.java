package dev.ratchet.stream.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds stalled work: work that was present, without progress, at each check for longer than a limit. If two checks are
 * far apart, the process itself was paused, and all times start again. A pure function of its arguments. For one
 * thread.
 */
final class StallDetector {
    private record Since(Object progress, long nanos) {}

    private final Duration limit;
    private final Map<String, Since> observed = new HashMap<>();
    private long checkedAt;

    StallDetector(Duration limit) {
        this.limit = limit;
    }

    /**
     * Checks the work.
     *
     * @param work a description of each piece of work, and its progress as any value that changes with it
     * @param nanos from a clock like {@link System#nanoTime}
     * @return the stalled part of it
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

    void reset() {
        observed.clear();
    }
}
