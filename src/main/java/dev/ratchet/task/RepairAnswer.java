package dev.ratchet.task;

import java.util.Optional;

/**
 * The result of a repair command.
 *
 * @param taskId the task of the command
 * @param epoch the epoch of the command
 * @param lastReportedSequence the lost update of the command
 * @param attempt the number of the attempt
 * @param result how it ended; not {@code NONE}, {@code PENDING}, {@code GIVEN_UP} or {@code EXHAUSTED}, which the
 *     repair worker does not report
 * @param observed the status in Conductor when it was last asked; empty if there was no answer, or an unknown status
 * @param reason text for people
 */
public record RepairAnswer(
        String taskId,
        int epoch,
        long lastReportedSequence,
        int attempt,
        RepairState.Result result,
        Optional<TaskStatus> observed,
        String reason) {

    /**
     * Whether the repair worker could not read the command, so that nobody knows which of the task's commands it was.
     */
    boolean hasNoCommand() {
        return attempt == 0 && lastReportedSequence < 0 && result == RepairState.Result.FAILED;
    }

    boolean isConsistent() {
        return result == RepairState.Result.REPAIRED || result == RepairState.Result.ALREADY_CONSISTENT;
    }
}
