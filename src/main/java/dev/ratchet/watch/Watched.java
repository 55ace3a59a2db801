package dev.ratchet.watch;

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
 */
public record Watched(TaskState task, long heardAt, long settleAt, long dropAt, long due, long auditDue) {
    public static final long NEVER = Long.MAX_VALUE;

    /** Whether the task has not ended, as far as is known. */
    public boolean isLive() {
        return !task.standing().status().isTerminal() && !task.heard().deleted();
    }

    Watched withTask(TaskState now) {
        return new Watched(now, heardAt, settleAt, dropAt, due, auditDue);
    }

    Watched settlingAt(long time) {
        return new Watched(task, heardAt, time, dropAt, due, auditDue);
    }

    Watched droppingAt(long time) {
        return new Watched(task, heardAt, settleAt, time, due, auditDue);
    }

    Watched dueAt(long time) {
        return new Watched(task, heardAt, settleAt, dropAt, time, auditDue);
    }

    Watched auditDueAt(long time) {
        return new Watched(task, heardAt, settleAt, dropAt, due, time);
    }
}
