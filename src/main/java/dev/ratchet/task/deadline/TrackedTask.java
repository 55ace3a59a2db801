package dev.ratchet.task.deadline;

import dev.ratchet.task.TaskState;

/**
 * A task, and when it is to be looked at. Times in ms of the wall clock, {@link #NEVER} if not at all.
 *
 * @param task what is remembered of it
 * @param heardAt when the last record that told something new was put on its topic
 * @param settleAt when its divergence is to be repaired, unless it is over by then
 * @param dropAt when what its end left behind is to be dropped
 * @param due its entry among the timers: never later than the true deadline, but maybe earlier, as one that moves back
 *     costs no write
 * @param auditDue its entry among the timers of audits, likewise
 * @param notFound how often running Conductor answered that it knows no such task; 0 once anything is heard of it
 */
public record TrackedTask(
        TaskState task, long heardAt, long settleAt, long dropAt, long due, long auditDue, int notFound) {
    public static final long NEVER = Long.MAX_VALUE;

    /** One answer may be an error of a proxy or a replica. */
    private static final int NOT_FOUND_TO_BE_GONE = 2;

    public TrackedTask(TaskState task, long heardAt, long settleAt, long dropAt, long due, long auditDue) {
        this(task, heardAt, settleAt, dropAt, due, auditDue, 0);
    }

    /** Whether the task has not ended, as far as is known. */
    public boolean isLive() {
        return !task.current().status().isTerminal() && !task.lastReported().deleted();
    }

    /** Whether an audit that was put so is the last that the task was asked about. */
    public boolean isAskedAbout(int epoch, long asOf, int attempt) {
        return attempt == notFound
                && epoch == task.epoch().number()
                && asOf == task.lastReported().observation().sequence();
    }

    /** Whether Conductor has said often enough that it knows no such task. */
    public boolean isGone() {
        return notFound >= NOT_FOUND_TO_BE_GONE;
    }

    /** There was a sign of the task: the count starts over. This very object if there is none. */
    public TrackedTask found() {
        return notFound == 0 ? this : notFound(0);
    }

    TrackedTask notFound(int times) {
        return new TrackedTask(task, heardAt, settleAt, dropAt, due, auditDue, times);
    }

    TrackedTask withTask(TaskState now) {
        return new TrackedTask(now, heardAt, settleAt, dropAt, due, auditDue, notFound);
    }

    TrackedTask settlingAt(long time) {
        return new TrackedTask(task, heardAt, time, dropAt, due, auditDue, notFound);
    }

    TrackedTask droppingAt(long time) {
        return new TrackedTask(task, heardAt, settleAt, time, due, auditDue, notFound);
    }

    TrackedTask dueAt(long time) {
        return new TrackedTask(task, heardAt, settleAt, dropAt, time, auditDue, notFound);
    }

    TrackedTask auditDueAt(long time) {
        return new TrackedTask(task, heardAt, settleAt, dropAt, due, time, notFound);
    }
}
