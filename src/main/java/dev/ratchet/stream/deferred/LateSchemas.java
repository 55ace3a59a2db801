package dev.ratchet.stream.deferred;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Schema ids that the right registry does not know. It may return a new one late, when one of its nodes lags behind, so
 * Ratchet waits once for each id. Records of an id that stays unknown are unreadable. For one thread.
 */
public final class LateSchemas {
    public static final Duration MAX_WAIT = Duration.ofSeconds(30);

    /** At the same time: values that are not Avro may seem to have any id. */
    public static final int MAX_WAITING = 20;

    private static final int MAX_GIVEN_UP = 1_000;

    private final Map<Integer, Long> waiting = new HashMap<>();
    private final Set<Integer> givenUp = new LinkedHashSet<>();

    /**
     * Whether a record with this schema id must wait.
     *
     * @param since when the record was first read, ms
     * @param now ms
     */
    boolean mayWait(int id, long since, long now) {
        waiting.forEach((late, first) -> {
            if (now - first >= MAX_WAIT.toMillis()) {
                givenUp.add(late);
            }
        });
        waiting.keySet().removeAll(givenUp);
        while (givenUp.size() > MAX_GIVEN_UP) {
            givenUp.remove(givenUp.iterator().next());
        }
        if (givenUp.contains(id) || now - since >= MAX_WAIT.toMillis()) {
            return false;
        }
        if (waiting.size() < MAX_WAITING) {
            waiting.putIfAbsent(id, since);
        }
        return waiting.containsKey(id);
    }

    /** Whether records with this id wait. */
    boolean contains(int id) {
        return waiting.containsKey(id);
    }

    /** The registry knows the id now. */
    void remove(int id) {
        waiting.remove(id);
        givenUp.remove(id);
    }
}
