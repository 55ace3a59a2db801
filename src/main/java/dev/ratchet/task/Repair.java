package dev.ratchet.task;

/**
 * How far the repair of a task's divergence has come.
 *
 * @param heardSequence the lost update it is about; −1 if none was ever tried
 * @param attempt how many commands were issued for it
 * @param result what came of the last one
 */
public record Repair(long heardSequence, int attempt, Result result) {
    public static final Repair NONE = new Repair(-1, 0, Result.NONE);

    /** What came of a repair command. */
    public enum Result {
        NONE,
        /** It was issued, and nothing has come of it yet. */
        PENDING,
        REPAIRED,
        ALREADY_CONSISTENT,
        NOT_REPAIRABLE,
        /** It may be tried again. */
        FAILED,
        /** It would have been written. */
        DRY_RUN,
        /** It failed as often as it may. */
        GIVEN_UP
    }

    /** The next try at what is heard now. */
    Repair next(long heard) {
        return new Repair(heard, heard == heardSequence ? attempt + 1 : 1, Result.PENDING);
    }

    Repair ended(Result how) {
        return new Repair(heardSequence, attempt, how);
    }

    /** Whether it waits for what comes of a command. */
    public boolean isPending() {
        return result == Result.PENDING;
    }

    /** Whether nothing more will be tried about this lost update. */
    public boolean isOver() {
        return result == Result.NOT_REPAIRABLE || result == Result.GIVEN_UP;
    }
}
