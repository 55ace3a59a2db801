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
final class RuleOfTheDesign implements Rule {
    private final List<EpochKey> closed = new ArrayList<>();
    private final List<StatusEvent> ends = new ArrayList<>();
    private EpochKey key = EpochKey.UNKNOWN;
    private long opened = -1;
    private boolean reopenedAsScheduled;
    private long lastReported = -1;
    private int lives;

    @Override
    public Taken withEvent(StatusEvent event) {
        Taken taken = rung(event);
        EpochEvidence told = event.evidence();
        if (taken == Taken.SAME) {
            key = filledIn(told.key());
        }
        if (taken != Taken.OLDER && event.status().isTerminal()) {
            ends.add(event);
        }
        lastReported = Math.max(lastReported, event.sequence());
        return taken;
    }

    private Taken rung(StatusEvent event) {
        EpochKey told = event.evidence().key();
        if (lives == 0) {
            open(event, told, false);
            return Taken.SAME;
        }
        if (lives > 1 && event.sequence() < opened) {
            return Taken.OLDER;
        }
        boolean lower = (told.scheduledTime() != 0 && told.scheduledTime() < key.scheduledTime())
                || (told.retryCount() != -1 && told.retryCount() < key.retryCount());
        if (lower || (told.scheduledTime() != 0 && closed.contains(told))) {
            return isFresh(event) ? open(event, told, false) : Taken.OLDER;
        }
        if ((key.scheduledTime() != 0 && told.scheduledTime() > key.scheduledTime())
                || (key.retryCount() != -1 && told.retryCount() > key.retryCount())) {
            return reopenedAsScheduled && opened == lastReported ? join(told) : open(event, told, false);
        }
        if (event.status().isTerminal()) {
            return Taken.SAME;
        }
        boolean reopened = ends.stream().anyMatch(end -> end.sequence() < event.sequence() && reopens(event, end));
        return reopened ? open(event, filledIn(told), true) : Taken.SAME;
    }

    private boolean isFresh(StatusEvent event) {
        EpochEvidence told = event.evidence();
        long scheduled = told.key().scheduledTime();
        return event.status() == TaskStatus.SCHEDULED
                && told.startTime() == 0
                && told.endTime() == 0
                && told.pollCount() == 0
                && scheduled != 0
                && scheduled != key.scheduledTime()
                && closed.stream().noneMatch(epochState -> epochState.scheduledTime() == scheduled)
                && event.sequence() > lastReported;
    }

    private static boolean reopens(StatusEvent event, StatusEvent end) {
        EpochEvidence told = event.evidence();
        EpochEvidence last = end.evidence();
        if (told.pollCount() != last.pollCount()) {
            return false;
        }
        boolean flagged = !event.task().taskType().equals("SUB_WORKFLOW") || told.subworkflowChanged() == Flag.YES;
        boolean carriesTheEnd = told.endTime() > 0 && told.endTime() == last.endTime() && flagged;
        boolean siblingPutBack = end.status().isUnsuccessful()
                && told.endTime() == 0
                && told.executed() == Flag.NO
                && told.startTime() > last.endTime()
                && told.startTime() != last.startTime();
        return carriesTheEnd || siblingPutBack;
    }

    private Taken open(StatusEvent event, EpochKey told, boolean sameKey) {
        if (lives > 0) {
            close(told);
        }
        lives++;
        key = told;
        opened = event.sequence();
        reopenedAsScheduled = sameKey
                && event.status() == TaskStatus.SCHEDULED
                && event.evidence().endTime() > 0;
        ends.clear();
        return Taken.NEWER;
    }

    private Taken join(EpochKey told) {
        close(told);
        key = told;
        return Taken.SAME;
    }

    private void close(EpochKey next) {
        if (key.scheduledTime() != 0 && !key.equals(next) && !closed.contains(key)) {
            closed.add(key);
        }
    }

    private EpochKey filledIn(EpochKey told) {
        return new EpochKey(
                told.scheduledTime() == 0 ? key.scheduledTime() : told.scheduledTime(),
                told.retryCount() == -1 ? key.retryCount() : told.retryCount());
    }
}
