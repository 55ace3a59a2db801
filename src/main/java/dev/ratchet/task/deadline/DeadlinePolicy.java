package dev.ratchet.task.deadline;

import static dev.ratchet.task.deadline.TimeLimits.after;
import static dev.ratchet.task.deadline.TrackedTask.NEVER;

import dev.ratchet.task.TaskState;

/**
 * When tasks are to be looked at, and what is due then. Pure.
 *
 * <p>A task has one entry among the timers, for whatever is due first: repair, drop, stuck, forget; and one more where audits
 * are on. An entry that fires too early, as the deadline has moved back since, is set anew: so a heartbeat writes no timer.
 * The end of a task sets it at once, as the task is written then anyway; the entry from before is not heeded any more.
 */
public final class DeadlinePolicy {
    private final TimeLimits limits;

    public DeadlinePolicy(TimeLimits limits) {
        this.limits = limits;
    }

    /**
     * A task of which nothing was known. Its entry is set for the time that it will have once it is at work, if that is
     * less: most tasks begin soon, and moving the entry then would cost two writes.
     */
    public TrackedTask first(TaskState task, long at) {
        TrackedTask unset =
                new TrackedTask(task, at, task.diverges() ? at + limits.settle() : NEVER, NEVER, NEVER, NEVER);
        TrackedTask due =
                unset.dueAt(unset.isLive() ? Math.min(lookAt(at), after(at, limits.shortestSilence(task))) : NEVER);
        return armed(due.auditDueAt(audit(task, true, at)));
    }

    /** A record told something new of the task. */
    public TrackedTask onEvent(TrackedTask before, TaskState after, long at) {
        boolean moved = after.current().status() != before.task().current().status()
                || after.epoch().number() != before.task().epoch().number();
        long auditDue = Math.min(before.auditDue(), audit(after, moved, at));
        boolean hasEnded = before.isLive() && !before.withTask(after).isLive();
        return armed(new TrackedTask(
                after,
                Math.max(at, before.heardAt()),
                settle(before, after, at),
                before.dropAt(),
                hasEnded ? NEVER : before.due(),
                auditDue));
    }

    /** What the task's end left behind was kept. A report that arrives late does not shorten that. */
    public TrackedTask captured(TrackedTask tracked, long at) {
        long dropAt = at + limits.capture();
        return armed(tracked.droppingAt(tracked.dropAt() == NEVER ? dropAt : Math.max(dropAt, tracked.dropAt())));
    }

    /** What its end left behind is gone. */
    public TrackedTask dropped(TrackedTask tracked) {
        return tracked.droppingAt(NEVER);
    }

    /** Something came of a repair. */
    public TrackedTask answered(TrackedTask before, TaskState after, long now) {
        return armed(before.withTask(after)
                .settlingAt(after.diverges() ? RepairRetryRule.at(after, now, limits.settle()) : NEVER));
    }

    /**
     * The task was called stuck; Conductor is to be asked, if it is asked at all. Not at once if it has just said that it
     * knows no such task: what was wrong with that answer may still be.
     */
    public TrackedTask stuck(TrackedTask before, TaskState after, long now) {
        boolean isToBeAsked = limits.auditInterval() != NEVER && before.notFound() == 0;
        return isToBeAsked ? before.withTask(after).auditDueAt(now) : before.withTask(after);
    }

    /** A repair was issued: its result is waited for, longer with each attempt. Then it is due again. */
    public TrackedTask commanded(TrackedTask before, TaskState after, long now) {
        return before.withTask(after)
                .settlingAt(
                        after(now, limits.answer(after.bookkeeping().repair().attempt())));
    }

    /** No repair is issued any more. */
    public TrackedTask givenUp(TrackedTask before, TaskState after) {
        return before.withTask(after).settlingAt(NEVER);
    }

    /** The divergence is to be repaired after all, at once. */
    public TrackedTask retried(TrackedTask before, TaskState after, long now) {
        return armed(before.withTask(after).settlingAt(now));
    }

    /** A repair that was due is not to be made now. */
    public TrackedTask postponed(TrackedTask before, long now) {
        return before.settlingAt(now + RepairRetryRule.RECHECK);
    }

    /** What is due, of those that {@link TrackedTask#due} is for. */
    public DueAction due(TrackedTask tracked, long now) {
        if (tracked.settleAt() <= now) {
            return DueAction.REPAIR;
        }
        if (tracked.dropAt() <= now) {
            return DueAction.DROP;
        }
        if (forgetAt(tracked) <= now) {
            return DueAction.FORGET;
        }
        return stuckAt(tracked) <= now ? DueAction.STUCK : DueAction.NOTHING;
    }

    /** The task was looked at, and its entry is gone: sets the next. */
    public TrackedTask again(TrackedTask tracked, long now) {
        return armed(tracked.dueAt(tracked.isLive() ? lookAt(now) : NEVER));
    }

    /** As {@link #again}, but not for so long. */
    public TrackedTask againNotBefore(TrackedTask tracked, long now, long pause) {
        TrackedTask next = again(tracked, now);
        return next.due() == NEVER ? next : next.dueAt(Math.max(now + pause, next.due()));
    }

    /**
     * A live task is looked at within the time that an ended one is remembered for, though nothing may be due: an entry that its
     * end leaves behind would outlive the task else.
     */
    private long lookAt(long now) {
        return after(now, limits.retention());
    }

    /** Whether Conductor is to be asked about the task now. */
    public boolean isAuditDue(TrackedTask tracked, long now) {
        TaskState task = tracked.task();
        if (task.lastReported().deleted() || task.diverges()) {
            return false;
        }
        return task.current().status().isTerminal()
                || task.bookkeeping().stuck()
                || after(tracked.heardAt(), limits.auditInterval()) <= now;
    }

    /**
     * Whether an audit that is due may wait until Conductor can be asked. Those of live tasks may; of one that has ended, only
     * for as long as a live task is left alone.
     */
    public boolean mayWaitForItsAudit(TrackedTask tracked, long now) {
        return tracked.isLive() || now < after(tracked.auditDue(), limits.auditInterval());
    }

    /** The task's audit was looked at, and its entry is gone: sets the next, which is due later than now. */
    public TrackedTask auditAgain(TrackedTask tracked, boolean asked, long now) {
        if (!tracked.isLive()) {
            return tracked.auditDueAt(NEVER);
        }
        long next = after(tracked.heardAt(), limits.auditInterval());
        return tracked.auditDueAt(asked || next <= now ? after(now, limits.auditInterval()) : next);
    }

    /** Conductor answered that it knows no such task: it is to be asked once more, if it is asked at all. */
    public TrackedTask notFound(TrackedTask tracked, long now) {
        return tracked.notFound(tracked.notFound() + 1)
                .auditDueAt(Math.min(tracked.auditDue(), after(now, limits.auditInterval())));
    }

    /** Moves the entry forward if anything is due earlier. */
    TrackedTask armed(TrackedTask tracked) {
        long deadline =
                Math.min(Math.min(tracked.settleAt(), tracked.dropAt()), Math.min(forgetAt(tracked), stuckAt(tracked)));
        return deadline < tracked.due() ? tracked.dueAt(deadline) : tracked;
    }

    private long stuckAt(TrackedTask tracked) {
        TaskState task = tracked.task();
        boolean isWatched = tracked.isLive() && !task.bookkeeping().stuck();
        return isWatched ? after(tracked.heardAt(), limits.silence(task)) : NEVER;
    }

    private long forgetAt(TrackedTask tracked) {
        return after(tracked.heardAt(), tracked.isLive() ? limits.liveRetention() : limits.retention());
    }

    private long audit(TaskState task, boolean moved, long at) {
        if (!task.current().status().isTerminal()) {
            return after(at, limits.auditInterval());
        }
        return moved ? after(at, limits.auditDelay()) : NEVER;
    }

    /** Counted from when the divergence began, not from the last that was heard: a heartbeat would put it off for ever. */
    private long settle(TrackedTask before, TaskState after, long at) {
        if (!after.diverges()) {
            return NEVER;
        }
        boolean isNew = !before.task().diverges()
                || (isPending(before.task()) && !isPending(after))
                || (before.settleAt() == NEVER && !after.bookkeeping().repair().isOver());
        return isNew ? after(at, limits.settle()) : before.settleAt();
    }

    private static boolean isPending(TaskState task) {
        return task.bookkeeping().repair().isPending();
    }
}
