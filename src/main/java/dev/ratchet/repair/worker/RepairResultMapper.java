package dev.ratchet.repair.worker;

import dev.ratchet.avro.PayloadRecords;
import dev.ratchet.avro.RepairRecords;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.repair.AuditRequest;
import dev.ratchet.repair.AuditResult;
import dev.ratchet.repair.RepairResult;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.v1.AuditFinding;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.Instant;

/** Maps the results of repairs and audits to Avro records. */
final class RepairResultMapper {
    private RepairResultMapper() {}

    static dev.ratchet.v1.RepairResult result(RepairCommand command, RepairResult result, Instant now) {
        dev.ratchet.v1.RepairResult out = new dev.ratchet.v1.RepairResult();
        out.setCommandId(command.getCommandId());
        out.setTaskId(command.getTaskId());
        out.setEpoch(command.getEpoch());
        out.setHeardSequence(command.getHeardSequence());
        out.setAttempt(command.getAttempt());
        out.setResult(RepairOutcome.valueOf(result.outcome().name()));
        out.setReason(result.reason());
        out.setObservedStatus(result.observed()
                .map(status -> TaskStatus.valueOf(status.name()))
                .orElse(null));
        out.setSecondExecutionPossible(result.secondExecutionPossible());
        out.setFinishedAt(now);
        return out;
    }

    static dev.ratchet.v1.RepairResult audit(AuditResult audit, Instant now) {
        AuditRequest asked = audit.asked();
        dev.ratchet.v1.RepairResult out = new dev.ratchet.v1.RepairResult();
        out.setCommandId(
                RepairRecords.commandId(asked.taskId(), asked.epoch(), asked.lastReportedSequence(), asked.attempt()));
        out.setTaskId(asked.taskId());
        out.setEpoch(asked.epoch());
        out.setHeardSequence(asked.lastReportedSequence());
        out.setAttempt(asked.attempt());
        out.setResult(RepairOutcome.AUDITED);
        out.setReason(
                audit.row().map(row -> "Conductor holds " + row.status()).orElse("Conductor knows no task of that id"));
        out.setObservedStatus(audit.row()
                .flatMap(ConductorTask::knownStatus)
                .map(status -> TaskStatus.valueOf(status.name()))
                .orElse(null));
        out.setFinishedAt(now);
        out.setFinding(finding(audit.finding()));
        out.setEvent(audit.event()
                .map(event -> event(event, audit.row().orElseThrow()))
                .orElse(null));
        return out;
    }

    static dev.ratchet.v1.RepairResult retry(String taskId, int epoch, Instant now) {
        dev.ratchet.v1.RepairResult out = request(RepairOutcome.RETRY_REQUESTED, "ratchet repairs retry", now);
        out.setTaskId(taskId);
        out.setEpoch(epoch);
        return out;
    }

    static dev.ratchet.v1.RepairResult fullAudit(String requestId, boolean endedToo, Instant now) {
        RepairOutcome request = endedToo ? RepairOutcome.FULL_AUDIT_REQUESTED : RepairOutcome.AUDIT_REQUESTED;
        dev.ratchet.v1.RepairResult out = request(request, "ratchet audit", now);
        out.setCommandId(requestId);
        return out;
    }

    private static dev.ratchet.v1.RepairResult request(RepairOutcome request, String command, Instant now) {
        dev.ratchet.v1.RepairResult out = new dev.ratchet.v1.RepairResult();
        out.setCommandId("");
        out.setTaskId("");
        out.setHeardSequence(-1);
        out.setResult(request);
        out.setReason("requested by '" + command + "'");
        out.setFinishedAt(now);
        return out;
    }

    /** With the payload that a repair needs if the task has ended. */
    private static TaskStatusEvent event(StatusEvent event, ConductorTask row) {
        TaskStatusEvent out = TaskRecords.event(event);
        out.setUpdateTime(row.updateTime() == EpochKey.NO_TIME ? null : Instant.ofEpochMilli(row.updateTime()));
        if (event.status().isTerminal()) {
            PayloadRecords.addTo(out, row.payload());
        }
        return out;
    }

    private static AuditFinding finding(dev.ratchet.repair.AuditFinding finding) {
        return AuditFinding.valueOf(finding.name());
    }
}
