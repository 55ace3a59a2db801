package dev.ratchet.task.sim;

import dev.ratchet.task.EpochKey;
import java.util.HashSet;
import java.util.Set;

/** Whether a record has the key of a closed epoch. */
final class ClosedEpochs {
    private final Set<EpochKey> closed = new HashSet<>();
    private EpochKey current;

    ClosedEpochs(Entry first) {
        current = first.event().evidence().key();
    }

    boolean has(Entry entry) {
        EpochKey key = entry.event().evidence().key();
        if (closed.contains(key)) {
            return true;
        }
        if (!key.equals(current)) {
            closed.add(current);
            current = key;
        }
        return false;
    }
}
