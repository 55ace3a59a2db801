package dev.ratchet.repair.open;

import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskStatus;
import java.time.Instant;

/**
 * A task whose terminal status Conductor lost, and the progress of its repair.
 * @param workflowId workflow execution; empty if unknown
 * @param referenceTaskName its name in the workflow; empty if unknown
 * @param epoch of the task, from 1
 * @param current the status that Conductor should hold
 * @param reported the last reported status of Conductor
 * @param reportedAt when it was reported, by Conductor's clock
 * @param repair progress of the repair
 * @param reason of the last result; empty if there is none
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
