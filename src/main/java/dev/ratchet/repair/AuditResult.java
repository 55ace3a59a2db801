package dev.ratchet.repair;

import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.task.StatusEvent;
import java.util.Optional;

/**
 * Result of an audit of one task.
 *
 * @param row Conductor's row; empty if it does not know the task
 * @param event for the stream, whose rule decides about it; empty if there is none
 */
public record AuditResult(
        AuditRequest asked, AuditFinding finding, Optional<ConductorTask> row, Optional<StatusEvent> event) {

    /** Whether it is published: it has an event, or says whether a task exists where that is uncertain. */
    public boolean isReported() {
        return event.isPresent() || finding == AuditFinding.NO_SUCH_TASK || asked.attempt() > 0;
    }
}
