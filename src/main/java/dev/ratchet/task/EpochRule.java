package dev.ratchet.task;

import static dev.ratchet.task.EpochVerdict.CLOCK_SKEW;
import static dev.ratchet.task.EpochVerdict.JOINS;
import static dev.ratchet.task.EpochVerdict.KEY;
import static dev.ratchet.task.EpochVerdict.OLDER;
import static dev.ratchet.task.EpochVerdict.REOPENED;
import static dev.ratchet.task.EpochVerdict.SAME;
import static dev.ratchet.task.EpochVerdict.SIBLING;
import static dev.ratchet.task.EpochVerdict.STATED;

import dev.ratchet.task.Evidence.Flag;

/**
 * Tells a task that was reopened from one whose end was overwritten by a stale copy: a pure function of what is
 * remembered and what the record carries. The first rung that applies decides. The grounds, from Conductor's code and
 * from recordings, and the known ways to err are in {@code docs/epochs.md}.
 */
final class EpochRule {
    private EpochRule() {}

    static EpochVerdict verdict(TaskState state, StatusEvent event) {
        Epoch epoch = state.epoch();
        if (event.epoch() != StatusEvent.NOT_STATED) {
            return event.epoch() < epoch.number() ? OLDER : event.epoch() > epoch.number() ? STATED : SAME;
        }
        if (event.source() == Source.AUDIT) {
            return SAME; // Conductor's answer is about the life that was asked about.
        }
        if (isDeliveredAgain(epoch, event)) {
            return OLDER;
        }
        LifeKey key = event.evidence().key();
        if (epoch.isClosed(key) || key.isBefore(epoch.key())) {
            return isFreshStart(state, event) ? CLOCK_SKEW : OLDER;
        }
        if (key.isAfter(epoch.key())) {
            return isStillReopening(state) ? JOINS : KEY;
        }
        return event.status().isTerminal() ? SAME : afterAnEnd(epoch, event);
    }

    /** In a log's own order nothing of an epoch comes before its opening. The first epoch may be heard out of order. */
    private static boolean isDeliveredAgain(Epoch epoch, StatusEvent event) {
        return event.source() == Source.CDC
                && epoch.ground() != EpochGround.FIRST
                && event.sequence() < epoch.opening().sequence();
    }

    private static boolean isFreshStart(TaskState state, StatusEvent event) {
        Evidence evidence = event.evidence();
        return event.source() == Source.CDC
                && event.status() == TaskStatus.SCHEDULED
                && evidence.startTime() == 0
                && evidence.endTime() == 0
                && evidence.pollCount() == 0
                && evidence.key().scheduledTime() != LifeKey.NO_TIME
                && !state.epoch().knows(evidence.key().scheduledTime())
                && event.mark().isLaterThan(state.heard().mark());
    }

    /** A rerun writes twice: the old row as SCHEDULED, then the same with a new key. Both are one reopening. */
    private static boolean isStillReopening(TaskState state) {
        Epoch epoch = state.epoch();
        return epoch.ground() == EpochGround.REOPENED
                && epoch.opening().status() == TaskStatus.SCHEDULED
                && epoch.opening().sequence() == state.heard().mark().sequence();
    }

    private static EpochVerdict afterAnEnd(Epoch epoch, StatusEvent event) {
        for (Ending end : epoch.endings()) {
            if (end.sequence() < event.sequence()) {
                if (carriesItsEnd(end, event)) {
                    return REOPENED;
                }
                if (isSiblingPutBack(end, event.evidence())) {
                    return SIBLING;
                }
            }
        }
        return SAME;
    }

    /** Every deliberate in-place reopening starts from a copy that knows of the end; a stale copy does not. */
    private static boolean carriesItsEnd(Ending end, StatusEvent event) {
        Evidence evidence = event.evidence();
        return evidence.endTime() > 0
                && evidence.endTime() == end.endTime()
                && mayBeSame(evidence.pollCount(), end.pollCount())
                && (TransitionTable.of(event.task().taskType()) != TransitionTable.SUB_WORKFLOW
                        || evidence.subworkflowChanged() == Flag.YES);
    }

    private static boolean isSiblingPutBack(Ending end, Evidence evidence) {
        return end.status().isUnsuccessful()
                && evidence.endTime() == 0
                && evidence.executed() == Flag.NO
                && evidence.pollCount() != LifeKey.NO_COUNT
                && evidence.pollCount() == end.pollCount()
                && evidence.startTime() > end.endTime()
                && evidence.startTime() != end.startTime();
    }

    private static boolean mayBeSame(int count, int other) {
        return count == other || count == LifeKey.NO_COUNT || other == LifeKey.NO_COUNT;
    }
}
