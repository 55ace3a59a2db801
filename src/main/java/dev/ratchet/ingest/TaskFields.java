package dev.ratchet.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.TextLimits;
import java.io.IOException;
import java.util.Arrays;

/**
 * The relevant fields of a task, collected from JSON in any order; all others are skipped. The same names apply to
 * Conductor's rows, its notifications and native events. Only native events state an epoch, a sequence and a source.
 */
public final class TaskFields {
    public String taskId = "";
    public String status = "";
    public int epoch = StatusEvent.NOT_STATED;
    public long sequence;
    public long occurredAt;
    public boolean snapshot;
    private String workflowId = "";
    private String workflowType = "";
    private String taskType = "";
    private String referenceTaskName = "";
    private long scheduledTime = EpochKey.NO_TIME;
    private long startTime;
    private long endTime;
    private long updateTime;
    private int retryCount = EpochKey.NO_COUNT;
    private int pollCount = EpochKey.NO_COUNT;
    private Flag executed = Flag.UNKNOWN;
    private Flag subworkflowChanged = Flag.UNKNOWN;
    private long responseTimeoutSeconds;
    private long callbackAfterSeconds;

    private final TimeBounds bounds;

    private JsonValues.FieldReader others = (in, field) -> in.skipChildren();

    public TaskFields() {
        this(TimeBounds.ANY);
    }

    public TaskFields(TimeBounds bounds) {
        this.bounds = bounds;
    }

    public void onOtherField(JsonValues.FieldReader reader) {
        others = reader;
    }

    /** Reads an object. The parser is on its first token, and stays on its last. */
    public void readFrom(JsonParser in) throws IOException, UnreadableException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw UnreadableException.expected("a task as a JSON object", JsonValues.shown(in));
        }
        JsonValues.eachField(in, this::read);
    }

    public void read(JsonParser in, String field) throws IOException, UnreadableException {
        switch (field) {
            case "taskId" -> taskId = JsonValues.id(in, field);
            case "workflowId", "workflowInstanceId" -> workflowId = JsonValues.id(in, field);
            case "workflowType" -> workflowType = JsonValues.text(in, field, TextLimits.NAME);
            case "taskType" -> taskType = JsonValues.text(in, field, TextLimits.NAME);
            case "referenceTaskName" -> referenceTaskName = JsonValues.text(in, field, TextLimits.NAME);
            case "status" -> status = JsonValues.text(in, field);
            case "scheduledTime" -> scheduledTime = time(in, field);
            case "startTime" -> startTime = time(in, field);
            case "endTime" -> endTime = time(in, field);
            case "updateTime" -> updateTime = time(in, field);
            case "retryCount" -> retryCount = JsonValues.countFromZero(in, field, EpochKey.NO_COUNT);
            case "pollCount" -> pollCount = JsonValues.countFromZero(in, field, EpochKey.NO_COUNT);
            case "executed" -> executed = JsonValues.flag(in, field);
            case "subworkflowChanged" -> subworkflowChanged = JsonValues.flag(in, field);
            case "responseTimeoutSeconds" -> responseTimeoutSeconds = JsonValues.wholeNumber(in, field, 0);
            case "callbackAfterSeconds" -> callbackAfterSeconds = JsonValues.wholeNumber(in, field, 0);
            default -> others.read(in, field);
        }
    }

    private long time(JsonParser in, String field) throws IOException, UnreadableException {
        long time = JsonValues.time(in, field);
        if (!bounds.permit(time)) {
            throw bounds.exceeded(field, JsonValues.shown(in));
        }
        return time;
    }

    /** The latest of the four times that Conductor writes, ms: {@code updateTime} alone goes backwards. 0 if there is none. */
    public long newestTime() {
        return Math.max(Math.max(scheduledTime, startTime), Math.max(updateTime, endTime));
    }

    /** Conductor's {@code updateTime}, ms; 0 for none. */
    public long updateTime() {
        return updateTime;
    }

    /** Whether it is the status of a workflow: there is no field of a task. */
    public boolean isOfAWorkflow() {
        boolean isOfATask = !taskId.isEmpty() || !taskType.isEmpty() || !referenceTaskName.isEmpty();
        return !isOfATask && !workflowId.isEmpty() && !status.isEmpty();
    }

    public StatusEvent event(EventSource from) throws UnreadableException {
        if (taskId.isEmpty()) {
            throw UnreadableException.expected("a task's status", "JSON without taskId");
        }
        return new StatusEvent(
                new TaskIdentity(taskId, workflowId, workflowType, taskType, referenceTaskName),
                knownStatus(status),
                epoch,
                sequence,
                occurredAt,
                from,
                new EpochEvidence(
                        new EpochKey(scheduledTime, retryCount),
                        startTime,
                        endTime,
                        pollCount,
                        executed,
                        subworkflowChanged,
                        responseTimeoutSeconds,
                        callbackAfterSeconds),
                snapshot);
    }

    public static TaskStatus knownStatus(String status) throws UnreadableException {
        if (status.isEmpty()) {
            throw UnreadableException.expected("a task's status", "JSON without status");
        }
        try {
            return TaskStatus.valueOf(status);
        } catch (IllegalArgumentException unknown) {
            throw new UnreadableException(
                    DeadLetterCategory.UNKNOWN_STATUS,
                    "Expected status to be one of " + Arrays.toString(TaskStatus.values()) + ", but got "
                            + JsonValues.shown(status));
        }
    }
}
