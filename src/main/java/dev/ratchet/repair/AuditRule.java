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
 * Compares Conductor's row with the last reported status. The rule of the stream decides whether a status is accepted or
 * shows a lost update.
 */
public final class AuditRule {
    private AuditRule() {}

    /**
     * Compares.
     *
     * @param row Conductor's answer
     * @param now epoch milliseconds, used if the row has no time
     */
    public static AuditResult compare(AuditRequest asked, Optional<ConductorTask> row, long now) {
        AuditFinding finding = row.map(held -> finding(asked, held)).orElse(NO_SUCH_TASK);
        Optional<StatusEvent> event = finding == AHEAD || finding == BEHIND
                ? row.flatMap(held -> held.knownStatus().map(status -> event(asked, held, status, now)))
                : Optional.empty();
        return new AuditResult(asked, finding, row, event);
    }

    private static AuditFinding finding(AuditRequest asked, ConductorTask row) {
        TaskStatus holds = row.knownStatus().orElse(null);
        if (holds == null || !row.task().taskId().equals(asked.taskId())) {
            return UNREADABLE;
        }
        if (row.isOtherEpochThan(asked.key(), asked.startTime())) {
            return OTHER_EPOCH;
        }
        boolean isOpenAgain = asked.current().isTerminal() && !holds.isTerminal();
        if (isOpenAgain && row.evidence().endTime() > 0) {
            return REOPENED;
        }
        if (holds == asked.lastReported()) {
            return CONSISTENT;
        }
        return isOpenAgain ? BEHIND : AHEAD;
    }

    /** Sets the epoch explicitly: the answer is about the epoch that was asked about. */
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
