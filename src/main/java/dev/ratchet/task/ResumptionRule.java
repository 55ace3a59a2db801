package dev.ratchet.task;

import dev.ratchet.task.EpochEvidence.Flag;

/**
 * Decides whether Conductor continues in an earlier epoch. A stale copy over the row does not prove it: its writer read
 * the row before. The proof is a record whose writer read that copy from the row, and that shows a higher value than
 * any record of that epoch. Only a log shows the order of the writes.
 */
final class ResumptionRule {
    private ResumptionRule() {}

    static boolean isProvenBy(StatusEvent event, TaskState state) {
        ReportedStatus lastReported = state.lastReported();
        if (event.source() != EventSource.CDC || !event.observation().isLaterThan(lastReported.observation())) {
            return false;
        }
        EpochKey key = event.evidence().key();
        return state.epoch()
                .findClosed(key)
                .map(epochState -> lastReported.evidence().key().equals(key)
                        && isContinuedFrom(lastReported, event, epochState.highWaterMarks(), state.epoch()))
                .orElseGet(() -> isRetried(lastReported, event));
    }

    /** An unknown key whose retryCount is one above that of the copy in the row. */
    private static boolean isRetried(ReportedStatus lastReported, StatusEvent event) {
        EpochKey from = lastReported.evidence().key();
        return event.evidence().key().equals(new EpochKey(from.scheduledTime(), from.retryCount() + 1))
                && from.scheduledTime() != EpochKey.NO_TIME
                && lastReported.observation().status().isTerminal()
                && !event.status().isTerminal()
                && TerminalReport.of(lastReported.observation(), lastReported.evidence())
                        .isCarriedBy(event);
    }

    private static boolean isContinuedFrom(
            ReportedStatus lastReported, StatusEvent event, EpochHighWaterMarks highWaterMarks, Epoch current) {
        if (lastReported.observation().status().isTerminal()) {
            return event.status().isTerminal()
                    ? isActedOn(lastReported, event, highWaterMarks)
                    : isTakenBack(lastReported, event, highWaterMarks);
        }
        return event.status().isTerminal()
                ? isEnded(lastReported.evidence(), event, highWaterMarks, current)
                : isContinued(lastReported, event, highWaterMarks);
    }

    /**
     * The end in the row was written after the epoch was over, so a record that carries it was written by someone who
     * read it there.
     */
    private static boolean isActedOn(
            ReportedStatus lastReported, StatusEvent event, EpochHighWaterMarks highWaterMarks) {
        EpochEvidence before = lastReported.evidence();
        EpochEvidence after = event.evidence();
        return before.endTime() > highWaterMarks.ended()
                && before.endTime() == after.endTime()
                && before.startTime() == after.startTime()
                && before.pollCount() == after.pollCount()
                && (lastReported.observation().status() != event.status()
                        || (before.executed() == Flag.NO && after.executed() == Flag.YES));
    }

    /** No record with that status has carried this end, so that it is not a copy. */
    private static boolean isTakenBack(
            ReportedStatus lastReported, StatusEvent event, EpochHighWaterMarks highWaterMarks) {
        TerminalReport end = TerminalReport.of(lastReported.observation(), lastReported.evidence());
        long before = event.status() == TaskStatus.SCHEDULED ? highWaterMarks.rerun() : highWaterMarks.carried();
        return (end.endTime() > before && end.isCarriedBy(event))
                || lastReported.isReopenedForChildBy(event)
                || (event.evidence().startTime() != highWaterMarks.started()
                        && end.isPutBackBy(event, highWaterMarks.started()));
    }

    /** An end that was written after the current epoch began. */
    private static boolean isEnded(
            EpochEvidence before, StatusEvent event, EpochHighWaterMarks highWaterMarks, Epoch current) {
        EpochEvidence after = event.evidence();
        boolean isTicked = after.pollCount() == before.pollCount() + 1 && after.pollCount() > highWaterMarks.polls();
        return before.executed() == after.executed()
                && before.startTime() == after.startTime()
                && (isTicked || (after.pollCount() == before.pollCount() && !endsByTicks(event)))
                && after.endTime() > highWaterMarks.ended()
                && after.endTime() > current.key().scheduledTime();
    }

    /** A JOIN ends in a tick, which increments pollCount. An end without one belongs to another tick, unless it was cancelled. */
    private static boolean endsByTicks(StatusEvent event) {
        return event.task().taskType().equals("JOIN") && event.status() != TaskStatus.CANCELED;
    }

    /** One poll more than any before, or any step after a start that is itself new. */
    private static boolean isContinued(
            ReportedStatus lastReported, StatusEvent event, EpochHighWaterMarks highWaterMarks) {
        EpochEvidence before = lastReported.evidence();
        EpochEvidence after = event.evidence();
        boolean isPolled = after.pollCount() == before.pollCount() + 1;
        boolean isStarted =
                lastReported.observation().status() == TaskStatus.SCHEDULED && event.status() == TaskStatus.IN_PROGRESS;
        boolean isNewStart = before.startTime() > highWaterMarks.started() && after.startTime() == before.startTime();
        return (isPolled && after.pollCount() > highWaterMarks.polls()) || (isNewStart && (isPolled || isStarted));
    }
}
