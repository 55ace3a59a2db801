package dev.ratchet.task;

import static dev.ratchet.task.EpochDecision.CLOCK_SKEW;
import static dev.ratchet.task.EpochDecision.JOINS;
import static dev.ratchet.task.EpochDecision.KEY;
import static dev.ratchet.task.EpochDecision.OLDER;
import static dev.ratchet.task.EpochDecision.RESUMED;
import static dev.ratchet.task.EpochDecision.SAME;
import static dev.ratchet.task.EpochDecision.STATED;

/**
 * Tells a task that was reopened from one whose end was overwritten by a stale copy: a pure function of what is
 * remembered and what the record carries. The first rung that applies decides. The grounds, from Conductor's code and
 * from recordings, and the known ways to err are in {@code docs/epochs.md}.
 */
final class EpochRule {
    private EpochRule() {}

    static EpochDecision decide(TaskState state, StatusEvent event) {
        Epoch epoch = state.epoch();
        if (event.epoch() != StatusEvent.NOT_STATED) {
            return event.epoch() < epoch.number() ? OLDER : event.epoch() > epoch.number() ? STATED : SAME;
        }
        if (event.source() == EventSource.AUDIT) {
            return SAME; // Conductor's answer is about the life that was asked about.
        }
        if (isDeliveredAgain(epoch, event)) {
            return OLDER;
        }
        EpochKey key = event.evidence().key();
        boolean older = epoch.closed(key).isPresent() || key.isBefore(epoch.key());
        if (older && !isFreshStart(state, event)) {
            return ResumptionRule.isShownBy(event, state) ? RESUMED : OLDER;
        }
        if (older || key.isAfter(epoch.key())) {
            return isStillReopening(state, event) ? JOINS : older ? CLOCK_SKEW : KEY;
        }
        return event.status().isTerminal() ? SAME : ReopeningRule.decide(state, event);
    }

    /** In a log's own order nothing of an epoch comes before its opening. The first epoch may be heard out of order. */
    private static boolean isDeliveredAgain(Epoch epoch, StatusEvent event) {
        return event.source() == EventSource.CDC
                && epoch.decision() != EpochDecision.FIRST
                && event.sequence() < epoch.opening().sequence();
    }

    private static boolean isFreshStart(TaskState state, StatusEvent event) {
        long scheduledTime = event.evidence().key().scheduledTime();
        return event.source() == EventSource.CDC
                && hasNotBegun(event)
                && scheduledTime != EpochKey.NO_TIME
                && !state.epoch().knows(scheduledTime)
                && event.observation().isLaterThan(state.lastReported().observation());
    }

    /** A rerun writes twice: the old row as SCHEDULED, then the same with a new key. Both are one reopening. */
    private static boolean isStillReopening(TaskState state, StatusEvent event) {
        Epoch epoch = state.epoch();
        boolean first = epoch.decision() == EpochDecision.REOPENED || epoch.decision() == EpochDecision.RESUMED;
        boolean latest =
                epoch.opening().sequence() == state.lastReported().observation().sequence();
        return first
                && epoch.opening().status() == TaskStatus.SCHEDULED
                && (latest || (epoch.terminalReports().isEmpty() && hasNotBegun(event)));
    }

    private static boolean hasNotBegun(StatusEvent event) {
        EpochEvidence evidence = event.evidence();
        return SystemTasks.isRerunAs(event)
                && evidence.startTime() == 0
                && evidence.endTime() == 0
                && evidence.pollCount() == 0;
    }
}
