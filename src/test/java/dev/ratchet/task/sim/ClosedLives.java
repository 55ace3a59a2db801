package dev.ratchet.task.sim;

import dev.ratchet.task.EpochKey;
import java.util.HashSet;
import java.util.Set;

/** Whether a record goes by the key of a life that another has followed. */
final class ClosedLives {
    private final Set<EpochKey> closed = new HashSet<>();
    private EpochKey lived;

    ClosedLives(Entry first) {
        lived = first.event().evidence().key();
    }

    boolean has(Entry entry) {
        EpochKey key = entry.event().evidence().key();
        if (closed.contains(key)) {
            return true;
        }
        if (!key.equals(lived)) {
            closed.add(lived);
            lived = key;
        }
        return false;
    }
}
