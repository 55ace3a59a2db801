package dev.ratchet.task.deadline;

import dev.ratchet.task.TaskState;

/**
 * A task with its deadlines. Times in ms of the wall clock, {@link #NEVER} for none.
 *
 * @param task its state
 * @param lastEventAt timestamp of the last record that changed the task
 * @param repairAt when its divergence is repaired, unless it ends before
 * @param dropOutputAt when its captured output is deleted
 * @param nextCheckAt time of its timer: never later than the true deadline, but maybe earlier, because moving a
 *     deadline back writes no timer
 * @param nextAuditAt time of its audit timer, likewise
 * @param notFoundCount number of consecutive answers from Conductor that it does not know the task; 0 after any event
 */
public record TrackedTask(
        TaskState task,
        long lastEventAt,
        long repairAt,
        long dropOutputAt,
        long nextCheckAt,
        long nextAuditAt,
        int notFoundCount) {
    public static final long NEVER = Long.MAX_VALUE;

    /** A single answer may be an error of a proxy or a replica. */
    private static final int NOT_FOUND_LIMIT = 2;

    public TrackedTask(TaskState task, long heardAt, long settleAt, long dropAt, long due, long auditDue) {
        this(task, heardAt, settleAt, dropAt, due, auditDue, 0);
    }

    /** Whether the task has not ended, as far as is known. */
    public boolean isLive() {
        return !task.current().status().isTerminal() && !task.lastReported().isDeleted();
    }

    /** Whether an audit with these values is the last one that asked about the task. */
    public boolean isLatestAudit(int epoch, long asOf, int attempt) {
        return attempt == notFoundCount
                && epoch == task.epoch().number()
                && asOf == task.lastReported().observation().sequence();
    }

    /** Whether Conductor has answered often enough that it does not know the task. */
    public boolean isConfirmedGone() {
        return notFoundCount >= NOT_FOUND_LIMIT;
    }

    /** The task exists, so the count starts at 0; this object if it is 0. */
    public TrackedTask resetNotFound() {
        return notFoundCount == 0 ? this : withNotFoundCount(0);
    }

    TrackedTask withNotFoundCount(int times) {
        return new TrackedTask(task, lastEventAt, repairAt, dropOutputAt, nextCheckAt, nextAuditAt, times);
    }

    TrackedTask withTask(TaskState now) {
        return new TrackedTask(now, lastEventAt, repairAt, dropOutputAt, nextCheckAt, nextAuditAt, notFoundCount);
    }

    TrackedTask withRepairAt(long time) {
        return new TrackedTask(task, lastEventAt, time, dropOutputAt, nextCheckAt, nextAuditAt, notFoundCount);
    }

    TrackedTask withDropOutputAt(long time) {
        return new TrackedTask(task, lastEventAt, repairAt, time, nextCheckAt, nextAuditAt, notFoundCount);
    }

    TrackedTask withNextCheckAt(long time) {
        return new TrackedTask(task, lastEventAt, repairAt, dropOutputAt, time, nextAuditAt, notFoundCount);
    }

    TrackedTask withNextAuditAt(long time) {
        return new TrackedTask(task, lastEventAt, repairAt, dropOutputAt, nextCheckAt, time, notFoundCount);
    }
}
