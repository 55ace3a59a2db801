package dev.ratchet.task;

/**
 * The state of the repair of a task's divergence. A new epoch starts with {@link #NONE}.
 *
 * @param lastReportedSequence the sequence of the lost update; −1 if no repair was ever issued
 * @param attempt number of commands issued for this divergence
 * @param issued number of commands issued in this epoch, without dry runs
 * @param result the result of the last command
 */
public record RepairState(long lastReportedSequence, int attempt, int issued, Result result) {
    public static final RepairState NONE = new RepairState(-1, 0, 0, Result.NONE);

    /** The result of a repair command. */
    public enum Result {
        NONE,
        /** It is issued, and its result has not arrived. */
        PENDING,
        REPAIRED,
        ALREADY_CONSISTENT,
        NOT_REPAIRABLE,
        /** Failed; Ratchet may try again. */
        FAILED,
        /** Mode dry-run: Ratchet would have written it. */
        DRY_RUN,
        /** Failed, or got no result, as often as permitted. */
        GIVEN_UP,
        /** The limit of commands for this epoch is reached: the source loses the end again after each repair. */
        EXHAUSTED
    }

    /**
     * The next command, for the sequence that was last reported. After a failure, or without a result, attempts are
     * counted on; otherwise they start at 1.
     *
     * @param isApplied whether it is written to Conductor; a dry run does not count as issued
     */
    RepairState issueNext(long currentSequence, boolean isApplied) {
        boolean isRepeated =
                currentSequence == lastReportedSequence || result == Result.FAILED || result == Result.PENDING;
        return new RepairState(
                currentSequence, isRepeated ? attempt + 1 : 1, isApplied ? issued + 1 : issued, Result.PENDING);
    }

    RepairState withResult(Result newResult) {
        return new RepairState(lastReportedSequence, attempt, issued, newResult);
    }

    /** As if no repair of this divergence had been tried. */
    RepairState resetAttempts() {
        return new RepairState(-1, 0, issued, Result.NONE);
    }

    public boolean isPending() {
        return result == Result.PENDING;
    }

    /** Whether no further repair of this divergence is tried, unless a person requests it. */
    public boolean isFinal() {
        return switch (result) {
            case NOT_REPAIRABLE, GIVEN_UP, EXHAUSTED -> true;
            case NONE, PENDING, REPAIRED, ALREADY_CONSISTENT, FAILED, DRY_RUN -> false;
        };
    }

    /**
     * Whether this repair takes the answer. An answer to an earlier attempt counts if Conductor held the expected
     * status, or if it is that of a dry run.
     */
    boolean isResolvedBy(RepairAnswer answer) {
        if (answer.hasNoCommand()) {
            return isPending();
        }
        if (lastReportedSequence != answer.lastReportedSequence() || answer.attempt() > attempt) {
            return false;
        }
        return switch (result) {
            case PENDING -> answer.attempt() == attempt || answer.isConsistent() || answer.result() == Result.DRY_RUN;
            case GIVEN_UP -> answer.isConsistent() || answer.result() == Result.DRY_RUN;
            case NOT_REPAIRABLE, EXHAUSTED -> answer.isConsistent();
            case NONE, REPAIRED, ALREADY_CONSISTENT, FAILED, DRY_RUN -> false;
        };
    }
}
