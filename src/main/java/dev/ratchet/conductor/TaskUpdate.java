package dev.ratchet.conductor;

import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;

/**
 * An update of a task in Conductor.
 *
 * @param taskId not blank
 * @param workflowId workflow execution; empty if unknown, but not when the update is sent
 * @param status the current status
 * @param payload sent unchanged. Where a text is empty, Conductor clears its own; without an output, because it was never
 *     reported, too large to store, or stored externally, Conductor <em>clears</em> the row's output
 */
public record TaskUpdate(String taskId, String workflowId, TaskStatus status, TaskOutput payload) {
    public TaskUpdate {
        if (taskId.isBlank()) {
            throw new IllegalArgumentException("Expected a task id, but got '" + taskId + "'");
        }
    }

    public boolean hasOutput() {
        return payload.output().isPresent() || !payload.externalOutputPath().isEmpty();
    }

    public TaskUpdate withWorkflow(String workflow) {
        return new TaskUpdate(taskId, workflow, status, payload);
    }
}
