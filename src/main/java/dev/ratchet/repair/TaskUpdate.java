package dev.ratchet.repair;

import dev.ratchet.task.TaskStatus;
import java.util.Optional;

/**
 * What to write back. Texts are empty where unknown; Conductor then empties its own.
 *
 * @param taskId not blank
 * @param workflowId the workflow execution it belongs to; empty if unknown, but not when it is sent
 * @param status what stands
 * @param output the task's output, a JSON object, sent as it is; empty if it was never heard, was too large to keep, or
 *     is kept elsewhere. Conductor then <em>wipes</em> what the row holds
 * @param externalOutputPath where Conductor put an output too large for the row
 * @param workerId who reported the end
 * @param reasonForIncompletion why the task did not succeed
 * @param subWorkflowId the child of a SUB_WORKFLOW task
 */
public record TaskUpdate(
        String taskId,
        String workflowId,
        TaskStatus status,
        Optional<String> output,
        String externalOutputPath,
        String workerId,
        String reasonForIncompletion,
        String subWorkflowId) {
    public TaskUpdate {
        if (taskId.isBlank()) {
            throw new IllegalArgumentException("Expected a task id, but got '" + taskId + "'");
        }
    }

    /** Outputs may be secret. */
    @Override
    public String toString() {
        return "TaskUpdate[" + taskId + " " + status + (bringsOutput() ? " with" : " without") + " output]";
    }

    boolean bringsOutput() {
        return output.isPresent() || !externalOutputPath.isEmpty();
    }

    TaskUpdate in(String workflow) {
        return new TaskUpdate(
                taskId, workflow, status, output, externalOutputPath, workerId, reasonForIncompletion, subWorkflowId);
    }
}
