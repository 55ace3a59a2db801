package dev.ratchet.avro;

import dev.ratchet.task.Alert;
import dev.ratchet.task.Observation;
import dev.ratchet.task.RefusedWrite;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusAlert;
import java.time.Instant;

/** Maps alerts to Avro records. */
public final class AlertRecords {
    private AlertRecords() {}

    /**
     * Maps an alert.
     *
     * @param now epoch milliseconds
     */
    public static TaskStatusAlert of(Alert alert, long now) {
        Observation lastReported = alert.state().lastReported().observation();
        TaskStatusAlert out =
                of(alert.state().task(), AlertKind.valueOf(alert.kind().name()), alert.phase(), alert.message(), now);
        out.setEpoch(alert.state().epoch().number());
        out.setStandingStatus(TaskRecords.status(alert.state().current().status()));
        out.setStandingSequence(alert.state().current().sequence());
        out.setHeardStatus(TaskRecords.status(lastReported.status()));
        out.setHeardSequence(lastReported.sequence());
        return out;
    }

    /**
     * The guard in Conductor's database refused a write. The epoch is unknown: 0.
     *
     * @param now epoch milliseconds
     */
    public static TaskStatusAlert refusedWrite(RefusedWrite write, Alert.Phase phase, long now) {
        String message = switch (phase) {
            case OPENED ->
                "The guard in Conductor's database refused a stale write: " + write.refused() + " over " + write.kept()
                        + ".";
            case RESOLVED -> "Nothing is left to do: the row still holds " + write.kept() + ".";
        };
        TaskStatusAlert out = of(write.task(), AlertKind.STALE_WRITE_REFUSED, phase, message, now);
        TaskStatus kept = TaskRecords.status(write.kept());
        out.setStandingStatus(kept);
        out.setStandingSequence(write.sequence());
        out.setHeardStatus(kept);
        out.setHeardSequence(write.sequence());
        return out;
    }

    /**
     * The source is silent, or sends events again. Of no task.
     *
     * @param now epoch milliseconds
     */
    public static TaskStatusAlert silence(String application, Alert.Phase phase, String message, long now) {
        TaskIdentity none = new TaskIdentity(application, "", "", "", "");
        TaskStatusAlert out = of(none, AlertKind.SOURCE_SILENT, phase, message, now);
        out.setWorkflowType(null);
        out.setStandingStatus(TaskStatus.UNKNOWN);
        out.setHeardStatus(TaskStatus.UNKNOWN);
        return out;
    }

    private static TaskStatusAlert of(TaskIdentity task, AlertKind kind, Alert.Phase phase, String message, long now) {
        TaskStatusAlert out = new TaskStatusAlert();
        out.setTaskId(task.taskId());
        out.setWorkflowId(task.workflowId());
        out.setWorkflowType(TaskRecords.known(task.workflowType()));
        out.setTaskType(task.taskType());
        out.setReferenceTaskName(task.referenceTaskName());
        out.setKind(kind);
        out.setState(AlertState.valueOf(phase.name()));
        out.setMessage(message);
        out.setRaisedAt(Instant.ofEpochMilli(now));
        return out;
    }
}
