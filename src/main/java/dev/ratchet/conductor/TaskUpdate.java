package dev.ratchet.conductor;

import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;

/**
 * What to write back.
 *
 * @param taskId not blank
 * @param workflowId the workflow execution it belongs to; empty if unknown, but not when it is sent
 * @param status what stands
 * @param payload sent as it is. Where a text is empty, Conductor empties its own; without an output, since it was never
 *     heard, was too large to keep, or is kept elsewhere, Conductor <em>wipes</em> what the row holds
 */
public record TaskUpdate(String taskId, String workflowId, TaskStatus status, TaskOutput payload) {
    public TaskUpdate {
        if (taskId.isBlank()) {
            throw new IllegalArgumentException("Expected a task id, but got '" + taskId + "'");
        }
    }

    /** Outputs may be secret. */
    @Override
    public String toString() {
        return "TaskUpdate[" + taskId + " " + status + (hasOutput() ? " with" : " without") + " output]";
    }

    public boolean hasOutput() {
        return payload.output().isPresent() || !payload.externalOutputPath().isEmpty();
    }

    public TaskUpdate withWorkflow(String workflow) {
        return new TaskUpdate(taskId, workflow, status, payload);
    }
}
