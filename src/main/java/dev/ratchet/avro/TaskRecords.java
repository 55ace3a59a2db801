package dev.ratchet.avro;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.Rejection;
import dev.ratchet.task.StatusChange;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.RejectionReason;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.v1.TaskStatusRejection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Maps events, changes and rejections to and from Avro records. Enums by name. */
public final class TaskRecords {
    private TaskRecords() {}

    public static TaskStatusChange change(StatusChange change) {
        TaskStatusChange out = new TaskStatusChange();
        out.setTaskId(change.task().taskId());
        out.setWorkflowId(change.task().workflowId());
        out.setWorkflowType(known(change.task().workflowType()));
        out.setTaskType(change.task().taskType());
        out.setReferenceTaskName(change.task().referenceTaskName());
        out.setStatus(status(change.status()));
        out.setPreviousStatus(change.previousStatus().map(TaskRecords::status).orElse(null));
        out.setEpoch(change.epoch());
        out.setSequence(change.sequence());
        out.setRevision(change.revision());
        out.setOccurredAt(Instant.ofEpochMilli(change.occurredAt()));
        out.setCorrection(change.correction());
        out.setSupersedes(change.supersedes().isPresent() ? change.supersedes().getAsLong() : null);
        out.setTerminal(change.status().isTerminal());
        out.setSource(source(change.source()));
        return out;
    }

    public static TaskStatusRejection rejection(Rejection rejection) {
        StatusEvent event = rejection.event();
        TaskState state = rejection.state();
        TaskStatusRejection out = new TaskStatusRejection();
        out.setTaskId(event.task().taskId());
        out.setWorkflowId(event.task().workflowId());
        out.setWorkflowType(known(event.task().workflowType()));
        out.setTaskType(event.task().taskType());
        out.setReferenceTaskName(event.task().referenceTaskName());
        out.setStatus(status(event.status()));
        out.setEpoch(event.epoch());
        out.setSequence(event.sequence());
        out.setOccurredAt(Instant.ofEpochMilli(event.occurredAt()));
        out.setSource(source(event.source()));
        out.setReason(RejectionReason.valueOf(rejection.reason().name()));
        out.setMessage(rejection.message());
        out.setLostUpdate(rejection.isLostUpdate());
        out.setStandingStatus(status(state.current().status()));
        out.setStandingEpoch(state.epoch().number());
        out.setStandingSequence(state.current().sequence());
        out.setStandingRevision(state.published().revision());
        out.setHeardStatus(status(state.lastReported().observation().status()));
        out.setHeardSequence(state.lastReported().observation().sequence());
        return out;
    }

    /**
     * Maps a record of the events topic.
     *
     * @throws IllegalArgumentException if a number is out of its range, the task id is blank, or status or source are
     *     {@code UNKNOWN}
     */
    public static StatusEvent event(TaskStatusEvent in) {
        return new StatusEvent(
                new TaskIdentity(
                        in.getTaskId(),
                        in.getWorkflowId(),
                        text(in.getWorkflowType()),
                        in.getTaskType(),
                        in.getReferenceTaskName()),
                TaskStatus.valueOf(in.getStatus().name()),
                in.getEpoch(),
                in.getSequence(),
                in.getOccurredAt().toEpochMilli(),
                EventSource.valueOf(in.getSource().name()),
                evidence(in));
    }

    public static TaskStatusEvent event(StatusEvent event) {
        EpochEvidence evidence = event.evidence();
        TaskStatusEvent out = new TaskStatusEvent();
        out.setTaskId(event.task().taskId());
        out.setWorkflowId(event.task().workflowId());
        out.setWorkflowType(known(event.task().workflowType()));
        out.setTaskType(event.task().taskType());
        out.setReferenceTaskName(event.task().referenceTaskName());
        out.setStatus(status(event.status()));
        out.setEpoch(event.epoch());
        out.setSequence(event.sequence());
        out.setOccurredAt(Instant.ofEpochMilli(event.occurredAt()));
        out.setSource(source(event.source()));
        out.setScheduledTime(instant(evidence.key().scheduledTime()));
        out.setStartTime(instant(evidence.startTime()));
        out.setEndTime(instant(evidence.endTime()));
        out.setRetryCount(count(evidence.key().retryCount()));
        out.setPollCount(count(evidence.pollCount()));
        out.setExecuted(bool(evidence.executed()));
        out.setSubworkflowChanged(bool(evidence.subworkflowChanged()));
        out.setResponseTimeoutSeconds(seconds(evidence.responseTimeoutSeconds()));
        out.setCallbackAfterSeconds(seconds(evidence.callbackAfterSeconds()));
        return out;
    }

    private static EpochEvidence evidence(TaskStatusEvent in) {
        return new EpochEvidence(
                new EpochKey(ms(in.getScheduledTime()), count(in.getRetryCount())),
                ms(in.getStartTime()),
                ms(in.getEndTime()),
                count(in.getPollCount()),
                flag(in.getExecuted()),
                flag(in.getSubworkflowChanged()),
                in.getResponseTimeoutSeconds() == null ? 0 : in.getResponseTimeoutSeconds(),
                in.getCallbackAfterSeconds() == null ? 0 : in.getCallbackAfterSeconds());
    }

    static dev.ratchet.v1.TaskStatus status(TaskStatus status) {
        return dev.ratchet.v1.TaskStatus.valueOf(status.name());
    }

    private static TaskSource source(EventSource source) {
        return TaskSource.valueOf(source.name());
    }

    public static long ms(@Nullable Instant time) {
        return time == null ? EpochKey.NO_TIME : time.toEpochMilli();
    }

    public static @Nullable Instant instant(long ms) {
        return ms == EpochKey.NO_TIME ? null : Instant.ofEpochMilli(ms);
    }

    /** Null for 0: {@link EpochEvidence} holds 0 both for no limit and for an unknown one. */
    private static @Nullable Long seconds(long seconds) {
        return seconds == 0 ? null : seconds;
    }

    /** Null for an empty text, which the schema allows to omit. */
    static @Nullable String known(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The inverse of {@link #known}. */
    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    public static int count(@Nullable Integer count) {
        return count == null ? EpochKey.NO_COUNT : count;
    }

    static @Nullable Integer count(int count) {
        return count == EpochKey.NO_COUNT ? null : count;
    }

    private static Flag flag(@Nullable Boolean value) {
        return value == null ? Flag.UNKNOWN : Flag.of(value);
    }

    private static @Nullable Boolean bool(Flag flag) {
        return switch (flag) {
            case UNKNOWN -> null;
            case NO -> false;
            case YES -> true;
        };
    }
}
