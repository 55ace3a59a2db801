package dev.ratchet.source;

import dev.ratchet.source.Reading.Flaw;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.wire.Records;
import dev.ratchet.wire.RegistryException;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the events topic: Avro, whoever wrote it — native producers, the webhook intake, the audit. */
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

    private Reading reading(TaskStatusEvent event) throws UnreadableException {
        if (event.getStatus() == dev.ratchet.v1.TaskStatus.UNKNOWN) {
            return new Reading.Unreadable(
                    Flaw.UNKNOWN_STATUS,
                    "Expected status to be one of " + Arrays.toString(TaskStatus.values())
                            + ", but got one that this version's schema does not have");
        }
        if (event.getSource() == TaskSource.UNKNOWN) {
            return new Reading.Unreadable(
                    Flaw.MALFORMED, "Expected a known source, but got one that this version's schema does not have");
        }
        check(event);
        StatusEvent read = Records.event(event);
        return new Reading.Event(read, capture.of(read, event));
    }

    private static void check(TaskStatusEvent event) throws UnreadableException {
        Fields.checkId("taskId", event.getTaskId());
        Fields.checkId("workflowId", event.getWorkflowId());
        checkTime("scheduledTime", event.getScheduledTime());
        checkTime("startTime", event.getStartTime());
        checkTime("endTime", event.getEndTime());
        checkTime("updateTime", event.getUpdateTime());
    }

    private static void checkTime(String field, @Nullable Instant time) throws UnreadableException {
        if (time != null && time.isBefore(Instant.EPOCH)) {
            throw Fields.before1970(field, time.toString());
        }
    }
}
