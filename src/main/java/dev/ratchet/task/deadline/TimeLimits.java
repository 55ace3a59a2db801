package dev.ratchet.task.deadline;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Time limits in ms; {@link TrackedTask#NEVER} for no limit.
 *
 * @param scheduled maximum time without an event for a SCHEDULED task
 * @param inProgress maximum time without an event for an IN_PROGRESS task, unless Conductor states a limit for the task
 * @param retention how long the state of an ended task is kept
 * @param liveRetention how long the state of a task that has not ended is kept without an event
 * @param settle how long a divergence must last before it is repaired
 * @param answer how long Ratchet waits for the result of the first repair attempt; longer for later ones
 * @param capture how long the output of an ended task is kept
 * @param auditDelay from the end of a task to its audit
 * @param auditInterval without an event for a live task, until its audit
 */
public record TimeLimits(
        long scheduled,
        long inProgress,
        long retention,
        long liveRetention,
        long settle,
        long answer,
        long capture,
        long auditDelay,
        long auditInterval) {
    /** Conductor checks its own time limits only periodically, and should act first. */
    private static final long GRACE = 60_000;

    private static final int MAX_DOUBLINGS = 3;

    /** These types only wait: for other tasks, a time, or a person. */
    private static final Set<String> WAITING =
            Set.of("JOIN", "EXCLUSIVE_JOIN", "DO_WHILE", "SUB_WORKFLOW", "WAIT", "HUMAN");

    /** Maximum time without an event for a live task. */
    long maxSilence(TaskState task) {
        return maxSilence(task, task.current().status());
    }

    /** As {@link #maxSilence(TaskState)}, or the limit once it is in progress, if that is shorter. */
    long shortestMaxSilence(TaskState task) {
        return Math.min(maxSilence(task), maxSilence(task, TaskStatus.IN_PROGRESS));
    }

    private long maxSilence(TaskState task, TaskStatus status) {
        EpochEvidence evidence = task.lastReported().evidence();
        long callbackDelay = Math.min(evidence.callbackAfterSeconds(), Integer.MAX_VALUE) * 1_000L;
        if (status == TaskStatus.SCHEDULED) {
            return after(scheduled, callbackDelay);
        }
        if (WAITING.contains(task.task().taskType())) {
            return TrackedTask.NEVER;
        }
        long responseTimeout = Math.min(evidence.responseTimeoutSeconds(), Integer.MAX_VALUE) * 1_000L;
        return after(responseTimeout > 0 ? responseTimeout + GRACE : inProgress, callbackDelay);
    }

    /**
     * How long Ratchet waits for the result of an attempt. Doubles with each, because a backlog may delay the result.
     */
    long resultTimeout(int attempt) {
        return resultTimeout(answer, attempt);
    }

    private static long resultTimeout(long first, int attempt) {
        return first << Math.min(attempt - 1, MAX_DOUBLINGS);
    }

    /**
     * How long Ratchet waits for all results of a repair together.
     *
     * @param answer the timeout of the first attempt
     * @param attempts the maximum number of attempts
     */
    public static long totalResultTimeout(long answer, int attempts) {
        return IntStream.rangeClosed(1, attempts)
                .mapToLong(attempt -> resultTimeout(answer, attempt))
                .sum();
    }

    /** Adds a duration to a time; either may be {@link TrackedTask#NEVER}. */
    static long after(long time, long wait) {
        return time == TrackedTask.NEVER || wait == TrackedTask.NEVER ? TrackedTask.NEVER : time + wait;
    }
}
