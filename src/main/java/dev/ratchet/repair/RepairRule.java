package dev.ratchet.repair;

import static dev.ratchet.repair.RepairVerdict.notRepairable;

import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.conductor.ConductorWorkflow;
import dev.ratchet.conductor.TaskUpdate;
import dev.ratchet.repair.RepairResult.Outcome;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskStatus;
import java.util.Optional;

/** Reasons not to write, given Conductor's current row. The first condition that applies decides. */
final class RepairRule {
    private RepairRule() {}

    /** Checks the task's row; empty if the write is allowed. */
    static Optional<RepairVerdict> checkTask(RepairRequest asked, ConductorTask row) {
        TaskUpdate update = asked.update();
        TaskStatus holds = row.knownStatus().orElse(null);
        if (!row.task().taskId().equals(update.taskId())) {
            return Optional.of(notRepairable(
                    "an answer about this task", "it is about " + row.task().taskId()));
        }
        if (!update.workflowId().isEmpty() && !row.task().workflowId().equals(update.workflowId())) {
            return Optional.of(notRepairable(
                    "the task to be of workflow " + update.workflowId(),
                    "it is of '" + row.task().workflowId() + "'"));
        }
        if (holds == null) {
            return Optional.of(notRepairable("a task status", "Conductor holds '" + row.status() + "'"));
        }
        if (holds == update.status()) {
            return Optional.of(new RepairVerdict(Outcome.ALREADY_CONSISTENT, "Conductor holds " + holds));
        }
        if (holds.isTerminal()) {
            return Optional.of(notRepairable("the task not to have ended", "Conductor ended it as " + holds));
        }
        if (row.isOtherEpochThan(asked.key(), asked.startTime())) {
            return Optional.of(notRepairable("the epoch that ended", "its epoch moved on: " + moved(asked, row)));
        }
        if (row.evidence().endTime() > 0) {
            return Optional.of(
                    notRepairable("a copy without an endTime", "its epoch moved on: it was reopened on purpose"));
        }
        if (!isWritable(update.status())) {
            return Optional.of(notRepairable("a status that Conductor's API can write", "it is " + update.status()));
        }
        if (!update.payload().complete() && needsAll(update.status(), row)) {
            return Optional.of(notRepairable(
                    "the payload of the " + update.status() + " task",
                    "its output or its child workflow was too large to store"));
        }
        if (needsOutput(update.status()) && !update.hasOutput()) {
            return Optional.of(notRepairable(
                    "the output of the " + update.status() + " task",
                    "it was not reported, or was too large to store"));
        }
        return Optional.empty();
    }

    /** Checks the task's workflow; empty if the write is allowed. */
    static Optional<RepairVerdict> checkWorkflow(ConductorTask row, Optional<ConductorWorkflow> answer) {
        ConductorWorkflow workflow = answer.orElse(null);
        if (workflow == null) {
            return Optional.of(notRepairable(
                    "Conductor to know workflow '" + row.task().workflowId() + "'", "it knows none of that id"));
        }
        if (!workflow.workflowId().equals(row.task().workflowId())) {
            return Optional.of(notRepairable(
                    "an answer about the task's own workflow " + row.task().workflowId(),
                    "it is about " + workflow.workflowId()));
        }
        if (!workflow.isLive()) {
            return Optional.of(notRepairable("the workflow to be RUNNING or PAUSED", "it is " + workflow.status()));
        }
        return Optional.empty();
    }

    /** Whether a worker may have received the task again: it was queued, polled or started again. */
    static boolean isSecondExecutionPossible(RepairRequest asked, ConductorTask row) {
        return row.knownStatus().filter(TaskStatus.SCHEDULED::equals).isPresent()
                || (asked.pollCount() != EpochKey.NO_COUNT && row.evidence().pollCount() > asked.pollCount())
                || row.hasOtherStartTime(asked.startTime());
    }

    private static String moved(RepairRequest asked, ConductorTask row) {
        return "scheduledTime %d, retryCount %d, startTime %d became %d, %d, %d"
                .formatted(
                        asked.key().scheduledTime(),
                        asked.key().retryCount(),
                        asked.startTime(),
                        row.evidence().key().scheduledTime(),
                        row.evidence().key().retryCount(),
                        row.evidence().startTime());
    }

    /** Terminal statuses of {@code TaskResult.Status}. */
    private static boolean isWritable(TaskStatus status) {
        return switch (status) {
            case COMPLETED, FAILED, FAILED_WITH_TERMINAL_ERROR, CANCELED -> true;
            case SCHEDULED, IN_PROGRESS, COMPLETED_WITH_ERRORS, TIMED_OUT, SKIPPED -> false;
        };
    }

    /** Whether the workflow continues with the task's output or its child workflow. */
    private static boolean needsAll(TaskStatus status, ConductorTask row) {
        return needsOutput(status) || row.task().taskType().equals("SUB_WORKFLOW");
    }

    /** Whether later tasks read the output. Nobody but people reads that of a failed task. */
    private static boolean needsOutput(TaskStatus status) {
        return status == TaskStatus.COMPLETED;
    }
}
