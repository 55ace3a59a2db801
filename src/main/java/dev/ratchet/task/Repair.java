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
        PENDING,
        REPAIRED,
        ALREADY_CONSISTENT,
        NOT_REPAIRABLE,
        FAILED
    }
}
