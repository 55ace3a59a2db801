package dev.ratchet.task;

import static dev.ratchet.task.EpochDecision.REOPENED;
import static dev.ratchet.task.EpochDecision.SAME;
import static dev.ratchet.task.EpochDecision.SIBLING;

/** Whether a record that has not ended, and goes by the key of the life that stands, takes an end of it back. */
final class ReopeningRule {
    private ReopeningRule() {}

    static EpochDecision decide(TaskState state, StatusEvent event) {
        ReportedStatus held = state.lastReported();
        Epoch epoch = state.epoch();
        for (TerminalReport end : epoch.terminalReports()) {
            if (end.sequence() < event.sequence()
                    && end.isCarriedBy(event)
                    && (end.isRetriedAs(event) || isNews(end, epoch, event))) {
                return REOPENED;
            }
        }
        if (!event.observation().isLaterThan(held.observation())) {
            return SAME;
        }
        boolean over = held.observation().status().isTerminal()
                && epoch.closed(held.evidence().key()).isEmpty();
        if (over && held.isOpenedForItsChildBy(event)) {
            return REOPENED;
        }
        if (isRetriedOverLateTick(held, epoch, event)) {
            return REOPENED;
        }
        return isPutBack(held, epoch, event) ? SIBLING : SAME;
    }

    /**
     * Whether a JOIN was retried in place where the row held a late tick over its end, not the end. The tick is a lost update,
     * and counts itself; a retry does not, so that it writes the tick's row once more.
     */
    private static boolean isRetriedOverLateTick(ReportedStatus held, Epoch epoch, StatusEvent event) {
        return SystemTasks.isTicking(event.task().taskType())
                && held.observation().status() == event.status()
                && held.evidence().pollCount() == event.evidence().pollCount()
                && event.evidence().endTime() == held.evidence().endTime()
                && epoch.terminalReports().stream().anyMatch(end -> end.isOvertakenByTick(held));
    }

    /**
     * Whether a rerun of another task put this one back. It did not if the record copies a run that has ended, or is the
     * start of a stale copy that lies in the row.
     */
    private static boolean isPutBack(ReportedStatus held, Epoch epoch, StatusEvent event) {
        long start = event.evidence().startTime();
        boolean isCopy = epoch.terminalReports().stream().anyMatch(end -> end.startTime() == start);
        boolean isStart = SystemTasks.isAsynchronous(event.task().taskType())
                && !held.observation().status().isTerminal()
                && event.evidence().pollCount() == held.evidence().pollCount() + 1;
        return !isCopy
                && !isStart
                && epoch.terminalReports().stream()
                        .anyMatch(end ->
                                end.isPutBackBy(event, epoch.highWaterMarks().started()));
    }

    /** A life that was reopened in place keeps the end it took back, and in a log every copy of it shows that end. */
    private static boolean isNews(TerminalReport end, Epoch epoch, StatusEvent event) {
        return end.endTime() > epoch.highWaterMarks().carried() || event.source() != EventSource.CDC;
    }
}
