package dev.ratchet.task.deadline;

import static dev.ratchet.task.deadline.TimeLimits.after;
import static dev.ratchet.task.deadline.TrackedTask.NEVER;

import dev.ratchet.task.TaskState;

/**
 * Decides when a task is checked, and which action is due then. Pure.
 *
 * <p>A task has one timer for whatever is due first (repair, drop the output, stuck, forget), and a second one if
 * audits are on. A timer that fires too early, because the deadline has moved back, is set again: so a heartbeat writes
 * no timer. The end of a task sets it at once, because the task is written then anyway; the earlier timer is ignored
 * when it fires.
 */
public final class DeadlinePolicy {
    private final TimeLimits limits;

    public DeadlinePolicy(TimeLimits limits) {
        this.limits = limits;
    }

    /**
     * A task without state. Its timer is set for the time limit that applies once it is in progress, if that is
     * shorter: most tasks start soon, and moving the timer then would cost two writes.
     */
    public TrackedTask startTracking(TaskState task, long at) {
        TrackedTask unscheduled =
                new TrackedTask(task, at, task.diverges() ? at + limits.settle() : NEVER, NEVER, NEVER, NEVER);
        TrackedTask scheduled = unscheduled.withNextCheckAt(
                unscheduled.isLive() ? Math.min(nextCheck(at), after(at, limits.shortestMaxSilence(task))) : NEVER);
        return withEarliestDue(scheduled.withNextAuditAt(nextAudit(task, true, at)));
    }

    public TrackedTask onEvent(TrackedTask before, TaskState after, long at) {
        boolean hasChanged = after.current().status() != before.task().current().status()
                || after.epoch().number() != before.task().epoch().number();
        long auditDue = Math.min(before.nextAuditAt(), nextAudit(after, hasChanged, at));
        boolean hasEnded = before.isLive() && !before.withTask(after).isLive();
        return withEarliestDue(new TrackedTask(
                after,
                Math.max(at, before.lastEventAt()),
                nextRepair(before, after, at),
                before.dropOutputAt(),
                hasEnded ? NEVER : before.nextCheckAt(),
                auditDue));
    }

    /** The output of the task's end was stored. A late report does not shorten its retention. */
    public TrackedTask onOutputCaptured(TrackedTask tracked, long at) {
        long dropAt = at + limits.capture();
        return withEarliestDue(tracked.withDropOutputAt(
                tracked.dropOutputAt() == NEVER ? dropAt : Math.max(dropAt, tracked.dropOutputAt())));
    }

    public TrackedTask onOutputDropped(TrackedTask tracked) {
        return tracked.withDropOutputAt(NEVER);
    }

    public TrackedTask onRepairResult(TrackedTask before, TaskState after, long now) {
        return withEarliestDue(before.withTask(after)
                .withRepairAt(after.diverges() ? RepairRetryRule.nextAttempt(after, now, limits.settle()) : NEVER));
    }

    /**
     * The task is stuck, so an audit is due at once, if audits are on. Not if Conductor has just answered that it does
     * not know the task: that answer may still be wrong.
     */
    public TrackedTask onStuck(TrackedTask before, TaskState after, long now) {
        boolean isToBeAsked = limits.auditInterval() != NEVER && before.notFoundCount() == 0;
        return isToBeAsked ? before.withTask(after).withNextAuditAt(now) : before.withTask(after);
    }

    /** A repair was issued. It is due again if its result does not arrive; the timeout grows with each attempt. */
    public TrackedTask onRepairIssued(TrackedTask before, TaskState after, long now) {
        return before.withTask(after)
                .withRepairAt(after(
                        now, limits.resultTimeout(after.bookkeeping().repair().attempt())));
    }

    public TrackedTask onRepairGivenUp(TrackedTask before, TaskState after) {
        return before.withTask(after).withRepairAt(NEVER);
    }

    /** A person requested a repair: it is due at once. */
    public TrackedTask onRepairRestarted(TrackedTask before, TaskState after, long now) {
        return withEarliestDue(before.withTask(after).withRepairAt(now));
    }

    /** A repair was due, but is not made now. */
    public TrackedTask postponeRepair(TrackedTask before, long now) {
        return before.withRepairAt(now + RepairRetryRule.RECHECK);
    }

    /** The action that is due, of those that {@link TrackedTask#nextCheckAt} covers. */
    public DueAction dueAction(TrackedTask tracked, long now) {
        if (tracked.repairAt() <= now) {
            return DueAction.REPAIR;
        }
        if (tracked.dropOutputAt() <= now) {
            return DueAction.DROP;
        }
        if (forgetAt(tracked) <= now) {
            return DueAction.FORGET;
        }
        return stuckAt(tracked) <= now ? DueAction.STUCK : DueAction.NOTHING;
    }

    /** The timer has fired and is removed: sets the next. */
    public TrackedTask reschedule(TrackedTask tracked, long now) {
        return withEarliestDue(tracked.withNextCheckAt(tracked.isLive() ? nextCheck(now) : NEVER));
    }

    /** As {@link #reschedule}, but at least {@code minDelay} ms from now. */
    public TrackedTask rescheduleNotBefore(TrackedTask tracked, long now, long minDelay) {
        TrackedTask next = reschedule(tracked, now);
        return next.nextCheckAt() == NEVER ? next : next.withNextCheckAt(Math.max(now + minDelay, next.nextCheckAt()));
    }

    /**
     * A live task is checked within the retention time of an ended one, even if nothing is due: otherwise a timer that
     * its end leaves behind would outlive the task.
     */
    private long nextCheck(long now) {
        return after(now, limits.retention());
    }

    public boolean isAuditDue(TrackedTask tracked, long now) {
        TaskState task = tracked.task();
        if (task.lastReported().isDeleted() || task.diverges()) {
            return false;
        }
        return task.current().status().isTerminal()
                || task.bookkeeping().stuck()
                || after(tracked.lastEventAt(), limits.auditInterval()) <= now;
    }

    /**
     * Whether a due audit may wait until Conductor is available. That of a live task may; that of an ended task at most
     * for one audit interval.
     */
    public boolean mayDelayAudit(TrackedTask tracked, long now) {
        return tracked.isLive() || now < after(tracked.nextAuditAt(), limits.auditInterval());
    }

    /** The audit timer has fired and is removed: sets the next, later than now. */
    public TrackedTask rescheduleAudit(TrackedTask tracked, boolean asked, long now) {
        if (!tracked.isLive()) {
            return tracked.withNextAuditAt(NEVER);
        }
        long next = after(tracked.lastEventAt(), limits.auditInterval());
        return tracked.withNextAuditAt(asked || next <= now ? after(now, limits.auditInterval()) : next);
    }

    /** Conductor answered that it does not know the task: another audit follows, if audits are on. */
    public TrackedTask onTaskNotFound(TrackedTask tracked, long now) {
        return tracked.withNotFoundCount(tracked.notFoundCount() + 1)
                .withNextAuditAt(Math.min(tracked.nextAuditAt(), after(now, limits.auditInterval())));
    }

    /** Moves the timer forward if anything is due earlier. */
    TrackedTask withEarliestDue(TrackedTask tracked) {
        long deadline = Math.min(
                Math.min(tracked.repairAt(), tracked.dropOutputAt()), Math.min(forgetAt(tracked), stuckAt(tracked)));
        return deadline < tracked.nextCheckAt() ? tracked.withNextCheckAt(deadline) : tracked;
    }

    /** How long the task may be without an event, ms. */
    public long maxSilence(TrackedTask tracked) {
        return limits.maxSilence(tracked.task());
    }

    private long stuckAt(TrackedTask tracked) {
        TaskState task = tracked.task();
        boolean isWatched = tracked.isLive() && !task.bookkeeping().stuck();
        return isWatched ? after(tracked.lastEventAt(), limits.maxSilence(task)) : NEVER;
    }

    private long forgetAt(TrackedTask tracked) {
        return after(tracked.lastEventAt(), tracked.isLive() ? limits.liveRetention() : limits.retention());
    }

    private long nextAudit(TaskState task, boolean hasChanged, long at) {
        if (!task.current().status().isTerminal()) {
            return after(at, limits.auditInterval());
        }
        return hasChanged ? after(at, limits.auditDelay()) : NEVER;
    }

    /**
     * Counted from the start of the divergence, not from the last event: otherwise heartbeats would postpone it for
     * ever.
     */
    private long nextRepair(TrackedTask before, TaskState after, long at) {
        if (!after.diverges()) {
            return NEVER;
        }
        boolean isNew = !before.task().diverges()
                || (isPending(before.task()) && !isPending(after))
                || (before.repairAt() == NEVER && !after.bookkeeping().repair().isFinal());
        return isNew ? after(at, limits.settle()) : before.repairAt();
    }

    private static boolean isPending(TaskState task) {
        return task.bookkeeping().repair().isPending();
    }
}
