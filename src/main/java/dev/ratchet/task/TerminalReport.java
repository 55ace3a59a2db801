package dev.ratchet.task;

import dev.ratchet.task.EpochEvidence.Flag;

/**
 * One end of a task that was heard: what a later record must match to be a deliberate reopening of it.
 *
 * @param status how it ended
 * @param endTime when, ms, 0 if the record did not say
 * @param startTime when that run had started, ms, 0 if unknown
 * @param pollCount polls until then, {@link EpochKey#NO_COUNT} if unknown
 * @param sequence the first point at which this end was reported
 */
public record TerminalReport(TaskStatus status, long endTime, long startTime, int pollCount, long sequence) {

    static TerminalReport of(StatusEvent event) {
        return of(event.observation(), event.evidence());
    }

    static TerminalReport of(Observation observation, EpochEvidence evidence) {
        return new TerminalReport(
                observation.status(),
                evidence.endTime(),
                evidence.startTime(),
                evidence.pollCount(),
                observation.sequence());
    }

    /** The same end at another place of the source's order. */
    TerminalReport at(long place) {
        return new TerminalReport(status, endTime, startTime, pollCount, place);
    }

    boolean isSameEndAs(TerminalReport other) {
        return status == other.status
                && endTime == other.endTime
                && startTime == other.startTime
                && pollCount == other.pollCount;
    }

    /**
     * Whether the record carries this end. Every deliberate reopening in place does; a stale copy does only where the life
     * was reopened in place before.
     */
    boolean isCarriedBy(StatusEvent event) {
        EpochEvidence evidence = event.evidence();
        return evidence.endTime() > 0
                && evidence.endTime() == endTime
                && mayBeSame(evidence.startTime(), startTime, EpochKey.NO_TIME)
                && mayBeSame(evidence.pollCount(), pollCount, EpochKey.NO_COUNT)
                && (!isSubWorkflow(event) || evidence.subworkflowChanged() == Flag.YES);
    }

    /**
     * Whether Conductor itself reopens an end like this one by a record like that one. A retry in place takes back failures
     * only. A success is taken back by a rerun from the task itself, which writes SCHEDULED, or with a child workflow.
     */
    boolean isRetriedAs(StatusEvent event) {
        return status.isUnsuccessful() || event.status() == TaskStatus.SCHEDULED || isSubWorkflow(event);
    }

    /**
     * Whether a rerun of another task puts this one back: started anew, without the end. A poll and the start
     * of a system task write a new startTime too, but they increment pollCount.
     *
     * @param shown the latest start that a record of the epoch has shown: a later record with it may be a copy of that one
     */
    boolean isPutBackBy(StatusEvent event, long shown) {
        EpochEvidence evidence = event.evidence();
        long start = evidence.startTime();
        return status.isUnsuccessful()
                && SystemTasks.isPutBackAs(event)
                && evidence.endTime() == 0
                && evidence.executed() == Flag.NO
                && evidence.pollCount() != EpochKey.NO_COUNT
                && evidence.pollCount() == pollCount
                && (start > endTime || (start > startTime && start != shown && !mayBeStart(event)));
    }

    /** Whether the source holds a tick of a copy from before this end, which carries the end of the retry before. */
    boolean isOvertakenByTick(ReportedStatus held) {
        EpochEvidence tick = held.evidence();
        return sequence < held.observation().sequence()
                && !held.observation().status().isTerminal()
                && endTime > 0
                && endTime == tick.endTime()
                && startTime == tick.startTime()
                && pollCount != EpochKey.NO_COUNT
                && pollCount + 1 == tick.pollCount();
    }

    /**
     * Whether the record, of a source that tells all, is of a later run than this end, of a source that need not have told of
     * the reopening: it was started after an end that may be taken back, or it is a SUB_WORKFLOW's and carries the end.
     */
    boolean isFollowedBy(StatusEvent event) {
        EpochEvidence evidence = event.evidence();
        boolean isStartedLater = status.isUnsuccessful() && evidence.startTime() > endTime;
        boolean isReopenedChild = isSubWorkflow(event) && !event.status().isTerminal() && evidence.endTime() == endTime;
        return endTime > 0 && (isStartedLater || isReopenedChild);
    }

    /** Whether a late start of an asynchronous system task would look the same. */
    private static boolean mayBeStart(StatusEvent event) {
        return SystemTasks.isAsynchronous(event.task().taskType())
                && event.evidence().pollCount() > 0;
    }

    private static boolean isSubWorkflow(StatusEvent event) {
        return TransitionTable.of(event.task().taskType()) == TransitionTable.SUB_WORKFLOW;
    }

    private static boolean mayBeSame(long one, long other, long unknown) {
        return one == other || one == unknown || other == unknown;
    }
}
