package dev.ratchet.task.sim;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskStatus;

/**
 * Conductor's row of one task, as far as the rule can see it, and whether it is retried under another id, which Conductor's
 * writers look at. Times are the writing server's clock, ms, 0 for none.
 */
record Row(
        TaskStatus status,
        EpochKey key,
        long startTime,
        long endTime,
        int pollCount,
        boolean executed,
        boolean subworkflowChanged,
        boolean retried) {

    static Row created(TaskStatus status, long now, long startTime) {
        return new Row(status, new EpochKey(now, 0), startTime, 0, 0, false, false, false);
    }

    Row status(TaskStatus to) {
        return new Row(to, key, startTime, endTime, pollCount, executed, subworkflowChanged, retried);
    }

    Row key(EpochKey to) {
        return new Row(status, to, startTime, endTime, pollCount, executed, subworkflowChanged, retried);
    }

    Row startTime(long to) {
        return new Row(status, key, to, endTime, pollCount, executed, subworkflowChanged, retried);
    }

    Row endTime(long to) {
        return new Row(status, key, startTime, to, pollCount, executed, subworkflowChanged, retried);
    }

    Row pollCount(int to) {
        return new Row(status, key, startTime, endTime, to, executed, subworkflowChanged, retried);
    }

    Row executed(boolean to) {
        return new Row(status, key, startTime, endTime, pollCount, to, subworkflowChanged, retried);
    }

    Row subworkflowChanged(boolean to) {
        return new Row(status, key, startTime, endTime, pollCount, executed, to, retried);
    }

    Row retried(boolean to) {
        return new Row(status, key, startTime, endTime, pollCount, executed, subworkflowChanged, to);
    }

    Row polled() {
        return pollCount(pollCount + 1);
    }

    /** As ExecutionDAOFacade.updateTask 558 does: an endTime that is there is kept. */
    Row ended(TaskStatus end, long now) {
        return status(end).endTime(endTime == 0 ? now : endTime);
    }

    /** As those do who set the endTime themselves. */
    Row endedNow(TaskStatus end, long now) {
        return status(end).endTime(now);
    }

    /** All evidence of the previous run is cleared: a rerun, or a canceled task of a parent. */
    Row fresh(long now, int retryCount) {
        return key(new EpochKey(now, retryCount))
                .startTime(0)
                .endTime(0)
                .pollCount(0)
                .executed(false)
                .retried(false);
    }

    EpochEvidence evidence() {
        return new EpochEvidence(
                key, startTime, endTime, pollCount, Flag.of(executed), Flag.of(subworkflowChanged), 0, 0);
    }

    /** Whether the rule sees no difference. */
    boolean looksLike(Row other) {
        return status == other.status && evidence().equals(other.evidence());
    }
}
