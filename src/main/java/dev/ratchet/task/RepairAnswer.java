package dev.ratchet.task;

import java.util.Optional;

/**
 * What came of a repair command.
 *
 * @param taskId the task it was about
 * @param epoch the life it was about
 * @param lastReportedSequence the lost update it was about
 * @param attempt which try
 * @param result how it ended; not {@code NONE}, {@code PENDING}, {@code GIVEN_UP} or {@code EXHAUSTED}, which are not for the repairer
 *     to say
 * @param observed what Conductor held when it was last asked; empty if it said nothing that is known
 * @param reason in words, for people
 */
public record RepairAnswer(
        String taskId,
        int epoch,
        long lastReportedSequence,
        int attempt,
        RepairState.Result result,
        Optional<TaskStatus> observed,
        String reason) {

    /** Whether the command could not be read, so that nobody knows which one of the task's it was. */
    boolean isUnnamed() {
        return attempt == 0 && lastReportedSequence < 0 && result == RepairState.Result.FAILED;
    }

    /** Whether Conductor was seen to hold what it should. */
    boolean saysConsistent() {
        return result == RepairState.Result.REPAIRED || result == RepairState.Result.ALREADY_CONSISTENT;
    }
}
