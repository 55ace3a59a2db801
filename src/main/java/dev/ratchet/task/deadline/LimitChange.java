package dev.ratchet.task.deadline;

import static dev.ratchet.task.deadline.TimeLimits.after;
import static dev.ratchet.task.deadline.TrackedTask.NEVER;

import dev.ratchet.task.RepairState;

/** Applies limits to tasks whose deadlines were set by others. Pure. */
public final class LimitChange {
    private final TimeLimits limits;
    private final DeadlinePolicy watch;

    public LimitChange(TimeLimits limits) {
        this.limits = limits;
        this.watch = new DeadlinePolicy(limits);
    }

    /**
     * Brings forward what is due earlier by the limits of now. Where it is not known from when a limit ran, it runs from now.
     *
     * @return the same object if nothing is due earlier
     */
    public TrackedTask apply(TrackedTask tracked, long now) {
        TrackedTask next = watch.armed(tracked.settlingAt(settle(tracked, now))
                .droppingAt(earlier(tracked.dropAt(), now, limits.capture()))
                .auditDueAt(audit(tracked, now)));
        return next.equals(tracked) ? tracked : next;
    }

    private long settle(TrackedTask tracked, long now) {
        RepairState repair = tracked.task().bookkeeping().repair();
        return switch (repair.result()) {
            case FAILED -> tracked.settleAt(); // not by a limit
            case PENDING ->
                tracked.task().diverges()
                        ? Math.min(tracked.settleAt(), after(now, limits.answer(repair.attempt())))
                        : tracked.settleAt();
            case NONE, DRY_RUN, REPAIRED, ALREADY_CONSISTENT, NOT_REPAIRABLE, GIVEN_UP, EXHAUSTED ->
                earlier(tracked.settleAt(), now, limits.settle());
        };
    }

    /** A task that ended while audits were off is audited if its end is more recent than their delay. */
    private long audit(TrackedTask tracked, long now) {
        boolean live = tracked.isLive();
        long wait = live ? limits.auditInterval() : limits.auditDelay();
        if (tracked.auditDue() != NEVER) {
            return earlier(tracked.auditDue(), now, wait);
        }
        long due = after(tracked.heardAt(), wait);
        return live || (due > now && !tracked.task().lastReported().deleted()) ? due : NEVER;
    }

    private static long earlier(long time, long now, long wait) {
        return time == NEVER ? NEVER : Math.min(time, after(now, wait));
    }
}
