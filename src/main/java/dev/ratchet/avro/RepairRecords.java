package dev.ratchet.avro;

import dev.ratchet.task.Epoch;
import dev.ratchet.task.Observation;
import dev.ratchet.task.RepairAnswer;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.TerminalReport;
import dev.ratchet.task.TextLimits;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairPurpose;
import dev.ratchet.v1.RepairResult;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Maps repairs and audits to and from Avro records. */
public final class RepairRecords {
    private RepairRecords() {}

    /**
     * The command of a repair that the bookkeeping shows as issued.
     *
     * @param payload of the terminal report
     * @param now epoch milliseconds
     */
    public static RepairCommand repair(TaskState state, TaskOutput payload, long now) {
        RepairCommand out = command(
                state, RepairPurpose.REPAIR, state.bookkeeping().repair().attempt(), now);
        PayloadRecords.addTo(out, payload);
        return out;
    }

    /**
     * The command of an audit.
     *
     * @param attempt consecutive answers that Conductor does not know the task
     * @param now epoch milliseconds
     */
    public static RepairCommand audit(TaskState state, int attempt, long now) {
        return command(state, RepairPurpose.AUDIT, attempt, now);
    }

    private static RepairCommand command(TaskState state, RepairPurpose purpose, int attempt, long now) {
        TaskIdentity task = state.task();
        Observation lastReported = state.lastReported().observation();
        int epoch = state.epoch().number();
        RepairCommand out = new RepairCommand();
        out.setCommandId(commandId(task.taskId(), epoch, lastReported.sequence(), attempt));
        out.setPurpose(purpose);
        out.setTaskId(task.taskId());
        out.setWorkflowId(task.workflowId());
        out.setWorkflowType(TaskRecords.known(task.workflowType()));
        out.setTaskType(task.taskType());
        out.setReferenceTaskName(task.referenceTaskName());
        out.setEpoch(epoch);
        out.setHeardSequence(lastReported.sequence());
        out.setAttempt(attempt);
        out.setStatus(TaskRecords.status(state.current().status()));
        out.setHeardStatus(TaskRecords.status(lastReported.status()));
        Optional<TerminalReport> end = end(state.epoch(), state.current());
        out.setScheduledTime(TaskRecords.instant(state.epoch().key().scheduledTime()));
        out.setStartTime(end.map(one -> TaskRecords.instant(one.startTime())).orElse(null));
        out.setRetryCount(TaskRecords.count(state.epoch().key().retryCount()));
        out.setPollCount(end.map(one -> TaskRecords.count(one.pollCount())).orElse(null));
        out.setIssuedAt(Instant.ofEpochMilli(now));
        return out;
    }

    public static String commandId(String taskId, int epoch, long lastReportedSequence, int attempt) {
        return taskId + "/" + epoch + "/" + lastReportedSequence + "/" + attempt;
    }

    /** The first terminal report with the current status. */
    private static Optional<TerminalReport> end(Epoch epoch, Observation current) {
        return epoch.terminalReports().stream()
                .filter(end -> end.status() == current.status())
                .min(Comparator.comparingLong(TerminalReport::sequence));
    }

    /** {@return the result} Throws IllegalArgumentException if this version does not know it, or the task id is blank. */
    public static RepairAnswer answer(RepairResult in) {
        if (in.getTaskId().isBlank()) {
            throw new IllegalArgumentException("Expected a task id, but got '" + in.getTaskId() + "'");
        }
        return new RepairAnswer(
                in.getTaskId(),
                in.getEpoch(),
                in.getHeardSequence(),
                in.getAttempt(),
                RepairState.Result.valueOf(in.getResult().name()),
                Optional.ofNullable(in.getObservedStatus())
                        .filter(status -> status != dev.ratchet.v1.TaskStatus.UNKNOWN)
                        .map(status -> TaskStatus.valueOf(status.name())),
                TextLimits.cut(in.getReason(), TextLimits.MESSAGE)); // an alert repeats it
    }
}
