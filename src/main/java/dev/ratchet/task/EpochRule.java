package dev.ratchet.task;

import static dev.ratchet.task.EpochDecision.CLOCK_SKEW;
import static dev.ratchet.task.EpochDecision.JOINS;
import static dev.ratchet.task.EpochDecision.KEY;
import static dev.ratchet.task.EpochDecision.OLDER;
import static dev.ratchet.task.EpochDecision.RESUMED;
import static dev.ratchet.task.EpochDecision.SAME;
import static dev.ratchet.task.EpochDecision.STATED;

/**
 * Decides which epoch an event belongs to: distinguishes a reopened task from one whose end a stale copy overwrote. A
 * pure function of the state and the event. The first condition that applies decides. {@code docs/epochs.md} gives the
 * reasons, from Conductor's code and from recordings, and the known errors.
 */
final class EpochRule {
    private EpochRule() {}

    static EpochDecision decide(TaskState state, StatusEvent event) {
        Epoch epoch = state.epoch();
        if (event.epoch() != StatusEvent.NOT_STATED) {
            return event.epoch() < epoch.number() ? OLDER : event.epoch() > epoch.number() ? STATED : SAME;
        }
        if (event.source() == EventSource.AUDIT) {
            return SAME; // Conductor's answer is about the epoch that the audit asked about
        }
        if (isRedelivered(epoch, event)) {
            return OLDER;
        }
        EpochKey key = event.evidence().key();
        boolean older = epoch.findClosed(key).isPresent() || key.isBefore(epoch.key());
        if (older && !isFreshStart(state, event)) {
            return ResumptionRule.isProvenBy(event, state) ? RESUMED : OLDER;
        }
        if (older || key.isAfter(epoch.key())) {
            return isStillReopening(state, event) ? JOINS : older ? CLOCK_SKEW : KEY;
        }
        return event.status().isTerminal() ? SAME : ReopeningRule.decide(state, event);
    }

    /** In log order no record of an epoch precedes its opening. The first epoch may arrive out of order. */
    private static boolean isRedelivered(Epoch epoch, StatusEvent event) {
        return event.source() == EventSource.CDC
                && epoch.decision() != EpochDecision.FIRST
                && event.sequence() < epoch.opening().sequence();
    }

    private static boolean isFreshStart(TaskState state, StatusEvent event) {
        long scheduledTime = event.evidence().key().scheduledTime();
        return event.source() == EventSource.CDC
                && hasNotBegun(event)
                && scheduledTime != EpochKey.NO_TIME
                && !state.epoch().hasScheduledTime(scheduledTime)
                && event.observation().isLaterThan(state.lastReported().observation());
    }

    /** A rerun writes twice: the old row as SCHEDULED, then the same row with a new key. Both are one reopening. */
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
