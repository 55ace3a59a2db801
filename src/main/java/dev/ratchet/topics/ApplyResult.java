package dev.ratchet.topics;

import java.util.List;

/**
 * Result of applying a plan.
 *
 * @param lines what was done to each topic, or would be, in the order of the plan
 * @param unresolved findings that need an operator
 */
public record ApplyResult(List<String> lines, List<TopicFinding> unresolved) {
    public ApplyResult {
        lines = List.copyOf(lines);
        unresolved = List.copyOf(unresolved);
    }
}
