package dev.ratchet.repair.audit;

import dev.ratchet.repair.AuditFinding;
import java.util.Map;
import java.util.Optional;

/**
 * Progress of a full audit.
 *
 * @param tasks number of tasks to audit
 * @param asked number of tasks audited
 * @param found findings of those
 * @param stopped why it ended early; empty if it did not
 */
public record AuditProgress(int tasks, int asked, Map<AuditFinding, Integer> found, Optional<String> stopped) {
    public AuditProgress {
        found = Map.copyOf(found);
    }

    public int found(AuditFinding finding) {
        return found.getOrDefault(finding, 0);
    }
}
