package dev.ratchet.task;

/**
 * How far the repair of a task's divergence has come. A new epoch starts with {@link #NONE}.
 *
 * @param lastReportedSequence the lost update it is about; −1 if no repair was ever issued
 * @param attempt how many commands were issued for this divergence
 * @param issued how many commands that write were issued in this epoch
 * @param result what came of the last one
 */
public record RepairState(long lastReportedSequence, int attempt, int issued, Result result) {
    public static final RepairState NONE = new RepairState(-1, 0, 0, Result.NONE);

    /** What came of a repair command. */
    public enum Result {
        NONE,
        /** It was issued, and no result of it has been read yet. */
        PENDING,
        REPAIRED,
        ALREADY_CONSISTENT,
        NOT_REPAIRABLE,
        /** It may be tried again. */
        FAILED,
        /** It would have been written. */
        DRY_RUN,
        /** It failed, or stayed without a result, as often as it may. */
        GIVEN_UP,
        /** As many commands were issued in this epoch as may be: the source loses the end again each time. */
        EXHAUSTED
    }

    /**
     * The next command, about what is heard now. What failed or got no result counts on; anything else starts over.
     *
     * @param applied whether it is written: a dry run does not count among those that are issued
     */
    RepairState next(long lastReported, boolean applied) {
        boolean isRepeated =
                lastReported == lastReportedSequence || result == Result.FAILED || result == Result.PENDING;
        return new RepairState(
                lastReported, isRepeated ? attempt + 1 : 1, applied ? issued + 1 : issued, Result.PENDING);
    }

    RepairState ended(Result how) {
        return new RepairState(lastReportedSequence, attempt, issued, how);
    }

    /** As if nothing had been tried about this divergence. */
    RepairState anew() {
        return new RepairState(-1, 0, issued, Result.NONE);
    }

    /** Whether it waits for what comes of a command. */
    public boolean isPending() {
        return result == Result.PENDING;
    }

    /** Whether nothing more is tried about this divergence, unless someone asks for it. */
    public boolean isOver() {
        return switch (result) {
            case NOT_REPAIRABLE, GIVEN_UP, EXHAUSTED -> true;
            case NONE, PENDING, REPAIRED, ALREADY_CONSISTENT, FAILED, DRY_RUN -> false;
        };
    }

    /**
     * Whether it is this that the answer is about. An answer to an earlier command, which was issued again since none came,
     * counts if Conductor holds what it should, or a dry run has said what it would do.
     */
    boolean isAnsweredBy(RepairAnswer answer) {
        if (answer.isUnnamed()) {
            return isPending();
        }
        if (lastReportedSequence != answer.lastReportedSequence() || answer.attempt() > attempt) {
            return false;
        }
        return switch (result) {
            case PENDING -> answer.attempt() == attempt || answer.saysConsistent() || answer.result() == Result.DRY_RUN;
            case GIVEN_UP -> answer.saysConsistent() || answer.result() == Result.DRY_RUN;
            case NOT_REPAIRABLE, EXHAUSTED -> answer.saysConsistent();
            case NONE, REPAIRED, ALREADY_CONSISTENT, FAILED, DRY_RUN -> false;
        };
    }
}
