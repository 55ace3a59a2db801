package dev.ratchet.repair.audit;

import dev.ratchet.repair.AuditFinding;
import java.util.Map;
import java.util.Optional;

/**
 * How far a sweep has come.
 *
 * @param tasks those to be asked about
 * @param asked those that were
 * @param found of those
 * @param stopped why it did not get to its end; empty if it did, or goes on
 */
public record AuditProgress(int tasks, int asked, Map<AuditFinding, Integer> found, Optional<String> stopped) {
    public AuditProgress {
        found = Map.copyOf(found);
    }

    public int found(AuditFinding finding) {
        return found.getOrDefault(finding, 0);
    }
}
