package dev.ratchet.task.deadline;

import static dev.ratchet.task.deadline.TrackedTask.NEVER;

import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskState;

/** When the repair of a divergence is tried again after a result. */
final class RepairRetryRule {
    /**
     * Delay before a divergence that is not repaired now is checked again, ms: the repair mode may have changed by
     * then.
     */
    static final long RECHECK = 600_000;

    private static final long FIRST_BACKOFF = 5_000;
    private static final long LONGEST_BACKOFF = 300_000;

    private RepairRetryRule() {}

    /** @param settle how long a divergence must last to be repaired, ms */
    static long nextAttempt(TaskState task, long now, long settle) {
        RepairState repair = task.bookkeeping().repair();
        return switch (repair.result()) {
            case FAILED -> now + backoff(task, repair.attempt());
            case DRY_RUN -> now + RECHECK;
            case REPAIRED, ALREADY_CONSISTENT, NONE, PENDING -> now + settle;
            case NOT_REPAIRABLE, GIVEN_UP, EXHAUSTED -> NEVER;
        };
    }

    /** Doubles with each attempt, up to a maximum; spread by the task's id between half of that and all of it. */
    private static long backoff(TaskState task, int attempt) {
        long bound = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF << Math.min(attempt - 1, 10));
        int spread = Math.floorMod(31 * task.task().taskId().hashCode() + attempt, 1_000);
        return bound / 2 + bound / 2 * spread / 1_000;
    }
}
