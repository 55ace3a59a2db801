package dev.ratchet.repair.open;

import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskStatus;
import java.time.Instant;

/**
 * A task whose end Conductor lost, and how far its repair has come.
 *
 * @param workflowId of the workflow execution; empty if the source did not say
 * @param referenceTaskName its name in the workflow; empty if the source did not say
 * @param epoch the life of the task, from 1
 * @param current what Conductor should hold
 * @param reported what it holds, as far as was reported
 * @param reportedAt when it reported that, by its own clock
 * @param repair how far the repair has come
 * @param reason what came of the last command, in words; empty if nothing has come of any
 */
public record OpenRepair(
        String taskId,
        String workflowId,
        String referenceTaskName,
        int epoch,
        TaskStatus current,
        TaskStatus reported,
        Instant reportedAt,
        RepairState repair,
        String reason) {}
