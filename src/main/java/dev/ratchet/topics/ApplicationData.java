package dev.ratchet.topics;

import java.util.List;
import java.util.Map;

/**
 * What the brokers store for an application.
 * @param group its consumer group, which is its id
 * @param members of the group, as {@code client id at host}; empty if no instance runs
 * @param offsets number of partitions with committed offsets, by topic
 * @param internalTopics that exist
 */
public record ApplicationData(
        String group, List<String> members, Map<String, Integer> offsets, List<String> internalTopics) {
    public ApplicationData {
        members = List.copyOf(members);
        offsets = Map.copyOf(offsets);
        internalTopics = List.copyOf(internalTopics);
    }
}
