package dev.ratchet.repairer;

import dev.ratchet.repair.AuditResult;
import dev.ratchet.repair.ConductorTask;
import dev.ratchet.repair.RepairResult;
import dev.ratchet.task.LifeKey;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.wire.PayloadRecords;
import dev.ratchet.wire.Records;
import java.time.Instant;

/** What came of repairs and audits, as it goes to the topics. */
final class Written {
    private Written() {}

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

    /** Of a result with an event; what a repair needs goes along if the task has ended. */
    static TaskStatusEvent event(AuditResult audit) {
        TaskStatusEvent out = Records.event(audit.event().orElseThrow());
        ConductorTask row = audit.row().orElseThrow();
        out.setUpdateTime(row.updateTime() == LifeKey.NO_TIME ? null : Instant.ofEpochMilli(row.updateTime()));
        if (audit.event().orElseThrow().status().isTerminal()) {
            PayloadRecords.addTo(out, row.payload());
        }
        return out;
    }
}
