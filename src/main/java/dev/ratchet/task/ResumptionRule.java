package dev.ratchet.task;

import dev.ratchet.task.EpochEvidence.Flag;

/**
 * Whether Conductor lives on in a life that is over. A stale copy over the row does not show it: its writer read the row
 * before. It is shown once someone has read that copy from the row and has written on from it, further than anything
 * heard of that life reached. Only a log tells what lay in the row when.
 */
final class ResumptionRule {
    private ResumptionRule() {}

    static boolean isShownBy(StatusEvent event, TaskState state) {
        ReportedStatus held = state.lastReported();
        if (event.source() != EventSource.CDC || !event.observation().isLaterThan(held.observation())) {
            return false;
        }
        EpochKey key = event.evidence().key();
        return state.epoch()
                .closed(key)
                .map(epochState -> held.evidence().key().equals(key)
                        && isWrittenOn(held, event, epochState.highWaterMarks(), state.epoch()))
                .orElseGet(() -> isRetried(held, event));
    }

    /** A key that was never heard of, one retry on from that of the copy in the row. */
    private static boolean isRetried(ReportedStatus held, StatusEvent event) {
        EpochKey from = held.evidence().key();
        return event.evidence().key().equals(new EpochKey(from.scheduledTime(), from.retryCount() + 1))
                && from.scheduledTime() != EpochKey.NO_TIME
                && held.observation().status().isTerminal()
                && !event.status().isTerminal()
                && TerminalReport.of(held.observation(), held.evidence()).isCarriedBy(event);
    }

    private static boolean isWrittenOn(
            ReportedStatus held, StatusEvent event, EpochHighWaterMarks highWaterMarks, Epoch stands) {
        if (held.observation().status().isTerminal()) {
            return event.status().isTerminal()
                    ? isActedOn(held, event, highWaterMarks)
                    : isTakenBack(held, event, highWaterMarks);
        }
        return event.status().isTerminal()
                ? isEnded(held.evidence(), event, highWaterMarks, stands)
                : isGoingOn(held, event, highWaterMarks);
    }

    /** The end in the row came when the life was over already, so whoever carries it has read it there. */
    private static boolean isActedOn(ReportedStatus held, StatusEvent event, EpochHighWaterMarks highWaterMarks) {
        EpochEvidence before = held.evidence();
        EpochEvidence after = event.evidence();
        return before.endTime() > highWaterMarks.ended()
                && before.endTime() == after.endTime()
                && before.startTime() == after.startTime()
                && before.pollCount() == after.pollCount()
                && (held.observation().status() != event.status()
                        || (before.executed() == Flag.NO && after.executed() == Flag.YES));
    }

    /** No record of that status has carried this end yet, so that it is a copy of none. */
    private static boolean isTakenBack(ReportedStatus held, StatusEvent event, EpochHighWaterMarks highWaterMarks) {
        TerminalReport end = TerminalReport.of(held.observation(), held.evidence());
        long before = event.status() == TaskStatus.SCHEDULED ? highWaterMarks.rerun() : highWaterMarks.carried();
        return (end.endTime() > before && end.isCarriedBy(event))
                || held.isOpenedForItsChildBy(event)
                || (event.evidence().startTime() != highWaterMarks.started()
                        && end.isPutBackBy(event, highWaterMarks.started()));
    }

    /** An end that came after the life that stands had begun. */
    private static boolean isEnded(
            EpochEvidence before, StatusEvent event, EpochHighWaterMarks highWaterMarks, Epoch stands) {
        EpochEvidence after = event.evidence();
        boolean ticked = after.pollCount() == before.pollCount() + 1 && after.pollCount() > highWaterMarks.polls();
        return before.executed() == after.executed()
                && before.startTime() == after.startTime()
                && (ticked || (after.pollCount() == before.pollCount() && !endsByTicks(event)))
                && after.endTime() > highWaterMarks.ended()
                && after.endTime() > stands.key().scheduledTime();
    }

    /** A JOIN finds its end in a tick, which is counted: an end without one is another tick's, unless it was cancelled. */
    private static boolean endsByTicks(StatusEvent event) {
        return event.task().taskType().equals("JOIN") && event.status() != TaskStatus.CANCELED;
    }

    /** One poll more than any that was heard, or any step on from a start that is itself news. */
    private static boolean isGoingOn(ReportedStatus held, StatusEvent event, EpochHighWaterMarks highWaterMarks) {
        EpochEvidence before = held.evidence();
        EpochEvidence after = event.evidence();
        boolean polled = after.pollCount() == before.pollCount() + 1;
        boolean begun = held.observation().status() == TaskStatus.SCHEDULED && event.status() == TaskStatus.IN_PROGRESS;
        boolean news = before.startTime() > highWaterMarks.started() && after.startTime() == before.startTime();
        return (polled && after.pollCount() > highWaterMarks.polls()) || (news && (polled || begun));
    }
}
