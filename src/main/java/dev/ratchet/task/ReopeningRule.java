package dev.ratchet.task;

import static dev.ratchet.task.EpochDecision.REOPENED;
import static dev.ratchet.task.EpochDecision.SAME;
import static dev.ratchet.task.EpochDecision.SIBLING;

/** Decides whether a non-terminal record with the key of the current epoch reopens an end of that epoch. */
final class ReopeningRule {
    private ReopeningRule() {}

    static EpochDecision decide(TaskState state, StatusEvent event) {
        ReportedStatus lastReported = state.lastReported();
        Epoch epoch = state.epoch();
        for (TerminalReport end : epoch.terminalReports()) {
            if (end.sequence() < event.sequence()
                    && end.isCarriedBy(event)
                    && (end.canBeRetriedAs(event) || isUnseenEnd(end, epoch, event))) {
                return REOPENED;
            }
        }
        if (!event.observation().isLaterThan(lastReported.observation())) {
            return SAME;
        }
        boolean isEnded = lastReported.observation().status().isTerminal()
                && epoch.findClosed(lastReported.evidence().key()).isEmpty();
        if (isEnded && lastReported.isReopenedForChildBy(event)) {
            return REOPENED;
        }
        if (isRetriedOverLateTick(lastReported, epoch, event)) {
            return REOPENED;
        }
        return isPutBack(lastReported, epoch, event) ? SIBLING : SAME;
    }

    /**
     * Whether a JOIN was retried in place while the row held a late tick instead of the end. The tick is a lost update
     * and increments pollCount; a retry does not, so it writes the tick's row once more.
     */
    private static boolean isRetriedOverLateTick(ReportedStatus lastReported, Epoch epoch, StatusEvent event) {
        return SystemTasks.isPolledUntilEnd(event.task().taskType())
                && lastReported.observation().status() == event.status()
                && lastReported.evidence().pollCount() == event.evidence().pollCount()
                && event.evidence().endTime() == lastReported.evidence().endTime()
                && epoch.terminalReports().stream().anyMatch(end -> end.isOvertakenByTick(lastReported));
    }

    /**
     * Whether a rerun of another task put this one back into its queue. It did not if the record copies a run that has
     * ended, or if it is the start of a stale copy in the row.
     */
    private static boolean isPutBack(ReportedStatus lastReported, Epoch epoch, StatusEvent event) {
        long start = event.evidence().startTime();
        boolean isCopy = epoch.terminalReports().stream().anyMatch(end -> end.startTime() == start);
        boolean isStart = SystemTasks.isAsynchronous(event.task().taskType())
                && !lastReported.observation().status().isTerminal()
                && event.evidence().pollCount() == lastReported.evidence().pollCount() + 1;
        return !isCopy
                && !isStart
                && epoch.terminalReports().stream()
                        .anyMatch(end ->
                                end.isPutBackBy(event, epoch.highWaterMarks().started()));
    }

    /**
     * An epoch that was reopened in place keeps the end that it reopened, and in a log every copy of it carries that
     * end.
     */
    private static boolean isUnseenEnd(TerminalReport end, Epoch epoch, StatusEvent event) {
        return end.endTime() > epoch.highWaterMarks().carried() || event.source() != EventSource.CDC;
    }
}
