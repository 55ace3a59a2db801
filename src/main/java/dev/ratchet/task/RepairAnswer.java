package dev.ratchet.task;

import java.util.Optional;

/**
 * What came of a repair command.
 *
 * @param taskId the task it was about
 * @param epoch the life it was about
 * @param heardSequence the lost update it was about
 * @param attempt which try
 * @param result how it ended; not {@code NONE}, {@code PENDING} or {@code GIVEN_UP}, which are not for the repairer to say
 * @param observed what Conductor held when it was last asked; empty if it said nothing that is known
 * @param reason in words, for people
 */
public record RepairAnswer(
        String taskId,
        int epoch,
        long heardSequence,
        int attempt,
        Repair.Result result,
        Optional<TaskStatus> observed,
        String reason) {}
