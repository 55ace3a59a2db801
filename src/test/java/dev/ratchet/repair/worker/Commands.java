package dev.ratchet.repair.worker;

import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairPurpose;
import dev.ratchet.v1.TaskStatus;
import java.time.Instant;

/** Commands about tasks as {@link StatefulConductor} holds them. */
public final class Commands {
    private Commands() {}

    public static RepairCommand repair(String taskId) {
        return command(taskId, RepairPurpose.REPAIR, TaskStatus.COMPLETED, TaskStatus.IN_PROGRESS);
    }

    public static RepairCommand audit(String taskId, TaskStatus current) {
        return command(taskId, RepairPurpose.AUDIT, current, current);
    }

    public static RepairCommand command(
            String taskId, RepairPurpose purpose, TaskStatus current, TaskStatus lastReported) {
        RepairCommand command = new RepairCommand();
        command.setCommandId(taskId + "/2/77/1");
        command.setPurpose(purpose);
        command.setTaskId(taskId);
        command.setWorkflowId("w1");
        command.setTaskType("HTTP");
        command.setReferenceTaskName("ref");
        command.setEpoch(2);
        command.setHeardSequence(77);
        command.setAttempt(purpose == RepairPurpose.REPAIR ? 1 : 0);
        command.setStatus(current);
        command.setHeardStatus(lastReported);
        command.setScheduledTime(Instant.ofEpochMilli(1_000));
        command.setStartTime(Instant.ofEpochMilli(1_010));
        command.setRetryCount(0);
        command.setPollCount(1);
        command.setOutput(purpose == RepairPurpose.REPAIR ? "{\"by\":\"A\"}" : null);
        command.setIssuedAt(Instant.now());
        return command;
    }
}
