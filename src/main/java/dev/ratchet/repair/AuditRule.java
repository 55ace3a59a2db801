package dev.ratchet.repair;

import static dev.ratchet.repair.AuditFinding.AHEAD;
import static dev.ratchet.repair.AuditFinding.BEHIND;
import static dev.ratchet.repair.AuditFinding.CONSISTENT;
import static dev.ratchet.repair.AuditFinding.NO_SUCH_TASK;
import static dev.ratchet.repair.AuditFinding.OTHER_EPOCH;
import static dev.ratchet.repair.AuditFinding.REOPENED;
import static dev.ratchet.repair.AuditFinding.UNREADABLE;

import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskStatus;
import java.util.Optional;

/**
 * Holds what Conductor answers against what was heard. It only tells: whether a status is accepted, or shows that an end
 * was lost, is for the rule of the stream to say.
 */
public final class AuditRule {
    private AuditRule() {}

    /**
     * What the answer shows.
     *
     * @param row Conductor's answer
     * @param now ms, in the place of a time where the row has none
     */
    public static AuditResult compare(AuditRequest asked, Optional<ConductorTask> row, long now) {
        AuditFinding finding = row.map(held -> finding(asked, held)).orElse(NO_SUCH_TASK);
        Optional<StatusEvent> event = finding == AHEAD || finding == BEHIND
                ? row.flatMap(held -> held.knownStatus().map(status -> event(asked, held, status, now)))
                : Optional.empty();
        return new AuditResult(asked, finding, row, event);
    }

    /** The first rung that applies decides. */
    private static AuditFinding finding(AuditRequest asked, ConductorTask row) {
        TaskStatus holds = row.knownStatus().orElse(null);
        if (holds == null || !row.taskId().equals(asked.taskId())) {
            return UNREADABLE;
        }
        if (row.isOtherEpochThan(asked.key(), asked.startTime())) {
            return OTHER_EPOCH;
        }
        boolean isOpenAgain = asked.current().isTerminal() && !holds.isTerminal();
        if (isOpenAgain && row.endTime() > 0) {
            return REOPENED;
        }
        if (holds == asked.lastReported()) {
            return CONSISTENT;
        }
        return isOpenAgain ? BEHIND : AHEAD;
    }

    /** States its epoch: the answer is about the life that was asked about, whatever it carries. */
    private static StatusEvent event(AuditRequest asked, ConductorTask row, TaskStatus status, long now) {
        long newest = row.newestTime();
        return new StatusEvent(
                row.task(),
                status,
                asked.epoch(),
                asked.lastReportedSequence(),
                newest > EpochKey.NO_TIME ? newest : now,
                EventSource.AUDIT,
                row.evidence());
    }
}
