package dev.ratchet.repair.open;

import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskState;

/**
 * A task whose terminal status Conductor lost.
 *
 * @param reason of the last result of its repair; empty if there is none
 */
public record OpenRepair(TaskState task, String reason) {
    public String taskId() {
        return task.task().taskId();
    }

    public RepairState repair() {
        return task.bookkeeping().repair();
    }
}
