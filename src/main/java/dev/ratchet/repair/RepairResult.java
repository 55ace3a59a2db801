package dev.ratchet.repair;

import dev.ratchet.task.TaskStatus;
import java.util.Optional;

/**
 * Result of a repair.
 *
 * @param reason for people
 * @param observed Conductor's status at the last read; empty if it does not know the task or Ratchet does not know the status
 * @param secondExecutionPossible whether a worker may have received the task again after it ended
 */
public record RepairResult(
        Outcome outcome, String reason, Optional<TaskStatus> observed, boolean secondExecutionPossible) {

    public static RepairResult failed(String reason) {
        return new RepairResult(Outcome.FAILED, reason, Optional.empty(), false);
    }

    public enum Outcome {

        /** Conductor holds the current status after the write. */
        REPAIRED,

        /** Conductor held the current status before any write. */
        ALREADY_CONSISTENT,

        /** The rule forbids the write; a retry would find the same. */
        NOT_REPAIRABLE,

        /** The write did not hold, or Conductor rejected it. */
        FAILED,

        /** Would write; the mode is dry-run. */
        DRY_RUN
    }
}
