package dev.ratchet.bench;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.Instant;
import java.util.Objects;

/** Avro, as a native producer writes it: with what Conductor's own row would tell, and without a payload. */
final class NativeEvents implements EventSource {
    private static final TaskStatus[] STATUSES = {TaskStatus.SCHEDULED, TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED};
    private static final long BEGINNING = Instant.parse("2026-11-24T00:00:00Z").toEpochMilli();

    private final AvroSerializer<TaskStatusEvent> serializer;
    private final String topic;

    NativeEvents(AvroSerializer<TaskStatusEvent> serializer, String topic) {
        this.serializer = serializer;
        this.topic = topic;
    }

    @Override
    public byte[] value(Workload.Step step) {
        long scheduled = BEGINNING + step.task();
        return value(step, scheduled, scheduled + 1_000L * step.event());
    }

    /**
     * @param scheduled when the task was put into its queue, ms
     * @param now when this happened to it, ms
     */
    byte[] value(Workload.Step step, long scheduled, long now) {
        int event = step.event();
        TaskStatusEvent out = new TaskStatusEvent();
        out.setTaskId(EventSource.taskId(step.task()));
        out.setWorkflowId(EventSource.id(step.task() / 10, 0));
        out.setWorkflowType("image_conversion");
        out.setTaskType("convert_image");
        out.setReferenceTaskName("convert_image_ref_" + step.task() % 10);
        out.setStatus(STATUSES[event]);
        out.setEpoch(0);
        out.setSequence(now);
        out.setOccurredAt(Instant.ofEpochMilli(now));
        out.setSource(TaskSource.NATIVE);
        out.setScheduledTime(Instant.ofEpochMilli(scheduled));
        out.setStartTime(event > 0 ? Instant.ofEpochMilli(scheduled) : null);
        out.setEndTime(event > 1 ? Instant.ofEpochMilli(now) : null);
        out.setUpdateTime(Instant.ofEpochMilli(now));
        out.setRetryCount(0);
        out.setPollCount(Math.min(event, 1));
        out.setExecuted(event > 1);
        out.setResponseTimeoutSeconds(600L);
        out.setCallbackAfterSeconds(0L);
        return Objects.requireNonNull(serializer.serialize(topic, out));
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public String kind() {
        return "native";
    }
}
