package dev.ratchet.task;

import dev.ratchet.task.Evidence.Flag;

/**
 * One end of a task that was heard: what a later record must match to be a deliberate reopening of it.
 *
 * @param status how it ended
 * @param endTime when, ms, 0 if the record did not say
 * @param startTime when that run had started, ms, 0 if unknown
 * @param pollCount polls until then, {@link LifeKey#NO_COUNT} if unknown
 * @param sequence the first point at which this end was reported
 */
public record Ending(TaskStatus status, long endTime, long startTime, int pollCount, long sequence) {

    static Ending of(StatusEvent event) {
        return of(event.mark(), event.evidence());
    }

    static Ending of(Mark mark, Evidence evidence) {
        return new Ending(
                mark.status(), evidence.endTime(), evidence.startTime(), evidence.pollCount(), mark.sequence());
    }

    boolean isSameEndAs(Ending other) {
        return status == other.status
                && endTime == other.endTime
                && startTime == other.startTime
                && pollCount == other.pollCount;
    }

    /** Every deliberate in-place reopening starts from a copy that knows of the end; a stale copy does not. */
    boolean isCarriedBy(StatusEvent event) {
        Evidence evidence = event.evidence();
        return evidence.endTime() > 0
                && evidence.endTime() == endTime
                && mayBeSame(evidence.startTime(), startTime, LifeKey.NO_TIME)
                && mayBeSame(evidence.pollCount(), pollCount, LifeKey.NO_COUNT)
                && (TransitionTable.of(event.task().taskType()) != TransitionTable.SUB_WORKFLOW
                        || evidence.subworkflowChanged() == Flag.YES);
    }

    /**
     * A rerun puts a sibling back into its queue, started anew and knowing of no end.
     *
     * @param life how far the records of the life reach: a startTime that one of them has shown may be a copy of it
     */
    boolean isPutBackBy(StatusEvent event, Reach life) {
        Evidence evidence = event.evidence();
        return status.isUnsuccessful()
                && event.status() == TaskStatus.SCHEDULED
                && evidence.endTime() == 0
                && evidence.executed() == Flag.NO
                && evidence.pollCount() != LifeKey.NO_COUNT
                && evidence.pollCount() == pollCount
                && evidence.startTime() > endTime
                && evidence.startTime() != startTime
                && evidence.startTime() != life.started();
    }

    private static boolean mayBeSame(long one, long other, long unknown) {
        return one == other || one == unknown || other == unknown;
    }
}
