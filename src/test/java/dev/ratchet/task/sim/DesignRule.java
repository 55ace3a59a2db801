package dev.ratchet.task.sim;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * The ladder as the design first had it (CONDUCTOR.md §3), written anew for records of a log that state no epoch: the
 * measure that the rule in force must not fall behind. Rung by rung as there; nothing is forgotten.
 */
final class DesignRule implements Rule {
    private final List<EpochKey> closed = new ArrayList<>();
    private final List<StatusEvent> ends = new ArrayList<>();
    private EpochKey key = EpochKey.UNKNOWN;
    private long opened = -1;
    private boolean reopenedAsScheduled;
    private long lastReported = -1;
    private int epochs;

    @Override
    public Taken withEvent(StatusEvent event) {
        Taken taken = rung(event);
        EpochEvidence reported = event.evidence();
        if (taken == Taken.SAME) {
            key = filledIn(reported.key());
        }
        if (taken != Taken.OLDER && event.status().isTerminal()) {
            ends.add(event);
        }
        lastReported = Math.max(lastReported, event.sequence());
        return taken;
    }

    private Taken rung(StatusEvent event) {
        EpochKey reported = event.evidence().key();
        if (epochs == 0) {
            open(event, reported, false);
            return Taken.SAME;
        }
        if (epochs > 1 && event.sequence() < opened) {
            return Taken.OLDER;
        }
        boolean lower = (reported.scheduledTime() != 0 && reported.scheduledTime() < key.scheduledTime())
                || (reported.retryCount() != -1 && reported.retryCount() < key.retryCount());
        if (lower || (reported.scheduledTime() != 0 && closed.contains(reported))) {
            return isFresh(event) ? open(event, reported, false) : Taken.OLDER;
        }
        if ((key.scheduledTime() != 0 && reported.scheduledTime() > key.scheduledTime())
                || (key.retryCount() != -1 && reported.retryCount() > key.retryCount())) {
            return reopenedAsScheduled && opened == lastReported ? join(reported) : open(event, reported, false);
        }
        if (event.status().isTerminal()) {
            return Taken.SAME;
        }
        boolean reopened = ends.stream().anyMatch(end -> end.sequence() < event.sequence() && reopens(event, end));
        return reopened ? open(event, filledIn(reported), true) : Taken.SAME;
    }

    private boolean isFresh(StatusEvent event) {
        EpochEvidence reported = event.evidence();
        long scheduled = reported.key().scheduledTime();
        return event.status() == TaskStatus.SCHEDULED
                && reported.startTime() == 0
                && reported.endTime() == 0
                && reported.pollCount() == 0
                && scheduled != 0
                && scheduled != key.scheduledTime()
                && closed.stream().noneMatch(epochState -> epochState.scheduledTime() == scheduled)
                && event.sequence() > lastReported;
    }

    private static boolean reopens(StatusEvent event, StatusEvent end) {
        EpochEvidence reported = event.evidence();
        EpochEvidence last = end.evidence();
        if (reported.pollCount() != last.pollCount()) {
            return false;
        }
        boolean flagged = !event.task().taskType().equals("SUB_WORKFLOW") || reported.subworkflowChanged() == Flag.YES;
        boolean carriesTheEnd = reported.endTime() > 0 && reported.endTime() == last.endTime() && flagged;
        boolean siblingPutBack = end.status().isUnsuccessful()
                && reported.endTime() == 0
                && reported.executed() == Flag.NO
                && reported.startTime() > last.endTime()
                && reported.startTime() != last.startTime();
        return carriesTheEnd || siblingPutBack;
    }

    private Taken open(StatusEvent event, EpochKey reported, boolean sameKey) {
        if (epochs > 0) {
            close(reported);
        }
        epochs++;
        key = reported;
        opened = event.sequence();
        reopenedAsScheduled = sameKey
                && event.status() == TaskStatus.SCHEDULED
                && event.evidence().endTime() > 0;
        ends.clear();
        return Taken.NEWER;
    }

    private Taken join(EpochKey reported) {
        close(reported);
        key = reported;
        return Taken.SAME;
    }

    private void close(EpochKey next) {
        if (key.scheduledTime() != 0 && !key.equals(next) && !closed.contains(key)) {
            closed.add(key);
        }
    }

    private EpochKey filledIn(EpochKey reported) {
        return new EpochKey(
                reported.scheduledTime() == 0 ? key.scheduledTime() : reported.scheduledTime(),
                reported.retryCount() == -1 ? key.retryCount() : reported.retryCount());
    }
}
