package dev.ratchet.task;

/**
 * Identifies a task. All but the task id are for people and for repairs, and may be empty if the source omits them. Names longer than {@link TextLimits#NAME} are cut. The readers check the length of ids, so that state with
 * longer ones, from before there was a limit, can be read.
 *
 * @param taskId Conductor's task id, and the record key; not blank
 * @param workflowId id of the workflow execution the task belongs to
 * @param workflowType name of the workflow definition
 * @param taskType Conductor's field of that name: the system task's type, or a worker task's own name
 * @param referenceTaskName the task's name within its workflow, e.g. {@code upload__3} in a loop's third iteration
 */
public record TaskIdentity(
        String taskId, String workflowId, String workflowType, String taskType, String referenceTaskName) {
    public TaskIdentity {
        if (taskId.isBlank()) {
            throw new IllegalArgumentException("Expected a task id, but got '" + taskId + "'");
        }
        workflowType = TextLimits.cut(workflowType, TextLimits.NAME);
        taskType = TextLimits.cut(taskType, TextLimits.NAME);
        referenceTaskName = TextLimits.cut(referenceTaskName, TextLimits.NAME);
    }
}
