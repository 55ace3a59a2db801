package dev.ratchet.repair;

import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.task.StatusEvent;
import java.util.Optional;

/**
 * What came of asking Conductor about a task.
 *
 * @param row what Conductor holds; empty if it holds nothing
 * @param event what the stream is to fold, whose rule decides what becomes of it; empty if there is nothing to fold
 */
public record AuditResult(
        AuditRequest asked, AuditFinding finding, Optional<ConductorTask> row, Optional<StatusEvent> event) {

    /** Whether the stream learns from it: what it is to fold, or whether the task exists, where that is in doubt. */
    public boolean isReported() {
        return event.isPresent() || finding == AuditFinding.NO_SUCH_TASK || asked.attempt() > 0;
    }
}
