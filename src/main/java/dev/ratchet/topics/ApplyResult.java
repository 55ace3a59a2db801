package dev.ratchet.topics;

import java.util.List;

/**
 * What came of making the topics right.
 *
 * @param lines what was done, or would be, to each topic, in the order of the plan
 * @param unresolved what takes a person
 */
public record ApplyResult(List<String> lines, List<TopicFinding> unresolved) {
    public ApplyResult {
        lines = List.copyOf(lines);
        unresolved = List.copyOf(unresolved);
    }
}
