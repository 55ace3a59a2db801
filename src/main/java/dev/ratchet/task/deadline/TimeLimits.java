package dev.ratchet.task.deadline;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How long a task may be as it is, in ms; {@link TrackedTask#NEVER} for no limit.
 *
 * @param scheduled in its queue, with nothing heard of it
 * @param inProgress at work, with nothing heard of it, where Conductor names no limit of its own
 * @param retention how long it is remembered after it ended
 * @param liveRetention how long it is remembered with nothing heard of it, if it has not ended
 * @param settle how long a divergence must last to be repaired
 * @param answer how long the result of a repair's first attempt may take; later ones may take longer
 * @param capture how long what an end left behind is kept
 * @param auditDelay after an end, until Conductor is asked
 * @param auditInterval of silence of a live task, until Conductor is asked
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
    /** So that Conductor, which looks at its time limits from time to time only, can act on them first. */
    private static final long GRACE = 60_000;

    private static final int MOST_DOUBLINGS = 3;

    /** Waiting is all that these do: for others, for a time, for a person. */
    private static final Set<String> WAITING =
            Set.of("JOIN", "EXCLUSIVE_JOIN", "DO_WHILE", "SUB_WORKFLOW", "WAIT", "HUMAN");

    /** How long nothing may be heard of a live task. */
    long silence(TaskState task) {
        return silence(task, task.current().status());
    }

    /** As {@link #silence(TaskState)}, or how long once it is at work, if that is less. */
    long shortestSilence(TaskState task) {
        return Math.min(silence(task), silence(task, TaskStatus.IN_PROGRESS));
    }

    private long silence(TaskState task, TaskStatus status) {
        EpochEvidence evidence = task.lastReported().evidence();
        long asked = Math.min(evidence.callbackAfterSeconds(), Integer.MAX_VALUE) * 1_000L;
        if (status == TaskStatus.SCHEDULED) {
            return after(scheduled, asked);
        }
        if (WAITING.contains(task.task().taskType())) {
            return TrackedTask.NEVER;
        }
        long own = Math.min(evidence.responseTimeoutSeconds(), Integer.MAX_VALUE) * 1_000L;
        return after(own > 0 ? own + GRACE : inProgress, asked);
    }

    /** How long the result of a repair may take. Doubles with each attempt, as it may be a backlog that holds it up. */
    long answer(int attempt) {
        return answer(answer, attempt);
    }

    private static long answer(long first, int attempt) {
        return first << Math.min(attempt - 1, MOST_DOUBLINGS);
    }

    /**
     * For how long in all the results of a repair are waited for.
     *
     * @param answer how long that of the first attempt may take
     * @param attempts how many there may be
     */
    public static long patience(long answer, int attempts) {
        return IntStream.rangeClosed(1, attempts)
                .mapToLong(attempt -> answer(answer, attempt))
                .sum();
    }

    /** So long after a time, which may be never. */
    static long after(long time, long wait) {
        return time == TrackedTask.NEVER || wait == TrackedTask.NEVER ? TrackedTask.NEVER : time + wait;
    }
}
