package dev.ratchet.repair;

import dev.ratchet.task.LifeKey;
import dev.ratchet.task.TaskStatus;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Conductor's row of a task at the moment it was asked. Texts are empty, times 0 and counts {@link LifeKey#NO_COUNT} where
 * the answer left them out.
 *
 * @param taskId not empty
 * @param workflowId the workflow execution it belongs to
 * @param taskType Conductor's field of that name
 * @param referenceTaskName the task's name within its workflow
 * @param status in Conductor's own word, which may be one that Ratchet does not know; not empty
 * @param key which life of the task this is
 * @param startTime when that life was started, ms
 * @param endTime when it ended, ms; above 0 on a task that has not ended, it was reopened on purpose
 * @param pollCount polls, or ticks of a system task
 */
public record ConductorTask(
        String taskId,
        String workflowId,
        String taskType,
        String referenceTaskName,
        String status,
        LifeKey key,
        long startTime,
        long endTime,
        int pollCount) {

    /** Empty if it is none that Ratchet knows. */
    public Optional<TaskStatus> knownStatus() {
        return Stream.of(TaskStatus.values())
                .filter(known -> known.name().equals(status))
                .findFirst();
    }
}
