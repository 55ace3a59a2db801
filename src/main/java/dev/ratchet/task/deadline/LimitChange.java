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
    public TrackedTask apply(TrackedTask watched, long now) {
        TrackedTask next = watch.armed(watched.settlingAt(settle(watched, now))
                .droppingAt(earlier(watched.dropAt(), now, limits.capture()))
                .auditDueAt(audit(watched, now)));
        return next.equals(watched) ? watched : next;
    }

    private long settle(TrackedTask watched, long now) {
        RepairState repair = watched.task().ledger().repair();
        return switch (repair.result()) {
            case FAILED -> watched.settleAt(); // not by a limit
            case PENDING ->
                watched.task().diverges()
                        ? Math.min(watched.settleAt(), after(now, limits.answer(repair.attempt())))
                        : watched.settleAt();
            case NONE, DRY_RUN, REPAIRED, ALREADY_CONSISTENT, NOT_REPAIRABLE, GIVEN_UP, EXHAUSTED ->
                earlier(watched.settleAt(), now, limits.settle());
        };
    }

    /** A task that ended while audits were off is audited if its end is more recent than their delay. */
    private long audit(TrackedTask watched, long now) {
        boolean live = watched.isLive();
        long wait = live ? limits.auditInterval() : limits.auditDelay();
        if (watched.auditDue() != NEVER) {
            return earlier(watched.auditDue(), now, wait);
        }
        long due = after(watched.heardAt(), wait);
        return live || (due > now && !watched.task().heard().deleted()) ? due : NEVER;
    }

    private static long earlier(long time, long now, long wait) {
        return time == NEVER ? NEVER : Math.min(time, after(now, wait));
    }
}
