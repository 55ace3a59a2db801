package dev.ratchet.repair;

import dev.ratchet.task.TaskStatus;
import java.util.Optional;

/**
 * What came of a repair.
 *
 * @param reason in words, for people
 * @param observed what Conductor held when it was last asked; empty if it held nothing, or said nothing that Ratchet knows
 * @param secondExecutionPossible whether a worker may have been given the task once more since it ended
 */
public record RepairResult(
        Outcome outcome, String reason, Optional<TaskStatus> observed, boolean secondExecutionPossible) {

    /** How a repair may end. */
    public enum Outcome {
        /** Conductor holds what stands, since it was written. */
        REPAIRED,
        /** Conductor held what stands before anything was written. */
        ALREADY_CONSISTENT,
        /** There is nothing to be written, or it must not be: another try would find the same. */
        NOT_REPAIRABLE,
        /** It was written and did not hold, or Conductor refused. */
        FAILED,
        /** It would have been written. */
        DRY_RUN
    }
}
