package dev.ratchet.task;

import dev.ratchet.task.EpochEvidence.Flag;

/**
 * A reported end of a task: what a later record must match to reopen it deliberately.
 *
 * @param status how it ended
 * @param endTime when, ms, 0 if unknown
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

    /** The same end at another place in the source's order. */
    TerminalReport withSequence(long newSequence) {
        return new TerminalReport(status, endTime, startTime, pollCount, newSequence);
    }

    boolean isSameEndAs(TerminalReport other) {
        return status == other.status
                && endTime == other.endTime
                && startTime == other.startTime
                && pollCount == other.pollCount;
    }

    /**
     * Whether the record carries this end. Every deliberate reopening in place does. A stale copy does only if the
     * epoch was reopened in place before.
     */
    boolean isCarriedBy(StatusEvent event) {
        EpochEvidence evidence = event.evidence();
        return evidence.endTime() > 0
                && evidence.endTime() == endTime
                && mayBeEqual(evidence.startTime(), startTime, EpochKey.NO_TIME)
                && mayBeEqual(evidence.pollCount(), pollCount, EpochKey.NO_COUNT)
                && (!isSubWorkflow(event) || evidence.subworkflowChanged() == Flag.YES);
    }

    /**
     * Whether Conductor itself reopens such an end by such a record. A retry in place reopens failures only. A success
     * is reopened by a rerun from the task itself, which writes SCHEDULED, or together with a child workflow.
     */
    boolean canBeRetriedAs(StatusEvent event) {
        return status.isUnsuccessful() || event.status() == TaskStatus.SCHEDULED || isSubWorkflow(event);
    }

    /**
     * Whether the record shows that a rerun of another task put this one back: started anew, without the end. A poll
     * and the start of a system task write a new startTime too, but they increment pollCount.
     *
     * @param latestStart the latest start in the records of the epoch: a later record with it may be a copy
     */
    boolean isPutBackBy(StatusEvent event, long latestStart) {
        EpochEvidence evidence = event.evidence();
        long start = evidence.startTime();
        return status.isUnsuccessful()
                && SystemTasks.isPutBackAs(event)
                && evidence.endTime() == 0
                && evidence.executed() == Flag.NO
                && evidence.pollCount() != EpochKey.NO_COUNT
                && evidence.pollCount() == pollCount
                && (start > endTime || (start > startTime && start != latestStart && !mayBeStart(event)));
    }

    /** Whether the source holds a tick of a copy from before this end, which carries the end of the retry before. */
    boolean isOvertakenByTick(ReportedStatus lastReported) {
        EpochEvidence tick = lastReported.evidence();
        return sequence < lastReported.observation().sequence()
                && !lastReported.observation().status().isTerminal()
                && endTime > 0
                && endTime == tick.endTime()
                && startTime == tick.startTime()
                && pollCount != EpochKey.NO_COUNT
                && pollCount + 1 == tick.pollCount();
    }

    /**
     * Whether the record, of a source that reports everything, belongs to a later run than this end, of a source that
     * may have missed the reopening: it started after an end that may be reopened, or it belongs to a SUB_WORKFLOW and
     * carries the end.
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

    private static boolean mayBeEqual(long one, long other, long unknown) {
        return one == other || one == unknown || other == unknown;
    }
}
