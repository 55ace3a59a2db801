package dev.ratchet.stream;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which partitions have once read all there was since they were assigned. Until then no timer fires: a backlog would raise
 * what it goes on to finish. Thread-safe.
 */
public final class CatchUp {
    private final Map<Integer, Boolean> partitions = new ConcurrentHashMap<>();

    void assigned(int partition) {
        partitions.put(partition, false);
    }

    void revoked(int partition) {
        partitions.remove(partition);
    }

    boolean isDone(int partition) {
        return partitions.getOrDefault(partition, false);
    }

    /** Those that are still behind, as far as is known. */
    Set<Integer> behind() {
        return partitions.entrySet().stream()
                .filter(partition -> !partition.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** This partition has read all there was. */
    void done(int partition) {
        partitions.replace(partition, true);
    }
}
