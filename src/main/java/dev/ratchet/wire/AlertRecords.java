package dev.ratchet.wire;

import dev.ratchet.task.Alert;
import dev.ratchet.task.Mark;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusAlert;
import java.time.Instant;

/** Alerts as they go to their topic. */
public final class AlertRecords {
    private AlertRecords() {}

    /** An alert, raised now (ms), as it goes to its topic. */
    public static TaskStatusAlert of(Alert alert, long now) {
        TaskIdentity task = alert.state().task();
        Mark heard = alert.state().heard().mark();
        TaskStatusAlert out = new TaskStatusAlert();
        out.setTaskId(task.taskId());
        out.setWorkflowId(task.workflowId());
        out.setWorkflowType(Records.known(task.workflowType()));
        out.setTaskType(task.taskType());
        out.setReferenceTaskName(task.referenceTaskName());
        out.setKind(AlertKind.valueOf(alert.kind().name()));
        out.setState(AlertState.valueOf(alert.phase().name()));
        out.setMessage(alert.message());
        out.setEpoch(alert.state().epoch().number());
        out.setStandingStatus(Records.status(alert.state().standing().status()));
        out.setStandingSequence(alert.state().standing().sequence());
        out.setHeardStatus(Records.status(heard.status()));
        out.setHeardSequence(heard.sequence());
        out.setRaisedAt(Instant.ofEpochMilli(now));
        return out;
    }

    /** An alert that is of no task, raised now (ms): that the whole source is silent, or is heard again. */
    public static TaskStatusAlert silence(String application, Alert.Phase phase, String message, long now) {
        TaskStatusAlert out = new TaskStatusAlert();
        out.setTaskId(application);
        out.setWorkflowId("");
        out.setTaskType("");
        out.setReferenceTaskName("");
        out.setKind(AlertKind.SOURCE_SILENT);
        out.setState(AlertState.valueOf(phase.name()));
        out.setMessage(message);
        out.setStandingStatus(TaskStatus.UNKNOWN);
        out.setHeardStatus(TaskStatus.UNKNOWN);
        out.setRaisedAt(Instant.ofEpochMilli(now));
        return out;
    }
}
