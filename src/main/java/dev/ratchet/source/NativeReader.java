package dev.ratchet.source;

import dev.ratchet.source.Reading.Flaw;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.wire.RegistryException;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the events topic: Avro, from native producers and the webhook intake. */
public final class NativeReader implements RecordReader {
    private final Deserializer<TaskStatusEvent> deserializer;
    private final String topic;
    private final Capture capture;

    public NativeReader(Deserializer<TaskStatusEvent> deserializer, String topic, Capture capture) {
        this.deserializer = deserializer;
        this.topic = topic;
        this.capture = capture;
    }

    /** @throws RegistryException if the registry does not give the schema: the record may be sound, try again later */
    @Override
    public Reading read(byte @Nullable [] value) {
        try {
            TaskStatusEvent event = deserializer.deserialize(topic, value);
            return event == null ? new Reading.Nothing("tombstone") : reading(event);
        } catch (RegistryException away) {
            throw away;
        } catch (UnreadableException unreadable) {
            return unreadable.reading();
        } catch (SerializationException | IllegalArgumentException unreadable) {
            return new Reading.Unreadable(Flaw.MALFORMED, String.valueOf(unreadable.getMessage()));
        }
    }

    private Reading reading(TaskStatusEvent record) throws UnreadableException {
        check(record);
        StatusEvent event = NativeSources.checked(EventRecords.event(record), topic);
        return new Reading.Event(event, capture.of(event, record));
    }

    private static void check(TaskStatusEvent event) throws UnreadableException {
        Fields.checkId("taskId", event.getTaskId());
        Fields.checkId("workflowId", event.getWorkflowId());
        checkTime("scheduledTime", event.getScheduledTime());
        checkTime("startTime", event.getStartTime());
        checkTime("endTime", event.getEndTime());
        checkTime("updateTime", event.getUpdateTime());
        checkCount("retryCount", event.getRetryCount());
        checkCount("pollCount", event.getPollCount());
    }

    private static void checkCount(String field, @Nullable Integer count) throws UnreadableException {
        if (count != null && count < 0) {
            throw UnreadableException.expected(field + " to be 0 or more", count.toString());
        }
    }

    private static void checkTime(String field, @Nullable Instant time) throws UnreadableException {
        if (time != null && time.isBefore(Instant.EPOCH)) {
            throw Fields.before1970(field, time.toString());
        }
    }
}
