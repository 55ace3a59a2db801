package dev.ratchet.task.deadline;

import static dev.ratchet.task.deadline.TimeLimits.after;
import static dev.ratchet.task.deadline.TrackedTask.NEVER;

import dev.ratchet.task.RepairState;

/** Applies changed time limits to tasks whose deadlines were set with other limits. Pure. */
public final class LimitChange {
    private final TimeLimits limits;
    private final DeadlinePolicy policy;

    public LimitChange(TimeLimits limits) {
        this.limits = limits;
        this.policy = new DeadlinePolicy(limits);
    }

    /**
     * Brings deadlines forward that are earlier by the current limits. Where the start of a limit is unknown, it starts
     * now.
     *
     * @return the same object if no deadline is earlier
     */
    public TrackedTask apply(TrackedTask tracked, long now) {
        TrackedTask next = policy.withEarliestDue(tracked.withRepairAt(nextRepair(tracked, now))
                .withDropOutputAt(noLaterThan(tracked.dropOutputAt(), now, limits.capture()))
                .withNextAuditAt(nextAudit(tracked, now)));
        return next.equals(tracked) ? tracked : next;
    }

    private long nextRepair(TrackedTask tracked, long now) {
        RepairState repair = tracked.task().bookkeeping().repair();
        return switch (repair.result()) {
            case FAILED -> tracked.repairAt(); // a backoff, not a limit
            case PENDING ->
                tracked.task().diverges()
                        ? Math.min(tracked.repairAt(), after(now, limits.resultTimeout(repair.attempt())))
                        : tracked.repairAt();
            case NONE, DRY_RUN, REPAIRED, ALREADY_CONSISTENT, NOT_REPAIRABLE, GIVEN_UP, EXHAUSTED ->
                noLaterThan(tracked.repairAt(), now, limits.settle());
        };
    }

    /** A task that ended while audits were off is audited if it ended more recently than the audit delay. */
    private long nextAudit(TrackedTask tracked, long now) {
        boolean live = tracked.isLive();
        long wait = live ? limits.auditInterval() : limits.auditDelay();
        if (tracked.nextAuditAt() != NEVER) {
            return noLaterThan(tracked.nextAuditAt(), now, wait);
        }
        long due = after(tracked.lastEventAt(), wait);
        return live || (due > now && !tracked.task().lastReported().isDeleted()) ? due : NEVER;
    }

    private static long noLaterThan(long time, long now, long wait) {
        return time == NEVER ? NEVER : Math.min(time, after(now, wait));
    }
}
