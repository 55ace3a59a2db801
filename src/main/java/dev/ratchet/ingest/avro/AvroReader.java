package dev.ratchet.ingest.avro;

import dev.ratchet.avro.TaskRecords;
import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.ingest.FieldChecks;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.ingest.UnreadableException;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.UnknownSchemaException;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads Avro records of one kind. Maps what the deserializer and the checks of fields throw to a {@link Reading}. */
abstract class AvroReader<T> implements RecordReader {
    private final Deserializer<T> deserializer;
    private final String topic;

    AvroReader(Deserializer<T> deserializer, String topic) {
        this.deserializer = deserializer;
        this.topic = topic;
    }

    /** @throws RegistryException if the registry does not return the schema: the record may be valid, try again later */
    @Override
    public final Reading read(byte @Nullable [] value) {
        try {
            T record = deserializer.deserialize(topic, value);
            return record == null ? new Reading.Nothing("tombstone") : reading(record);
        } catch (RegistryException unavailable) {
            throw unavailable;
        } catch (UnknownSchemaException unknown) {
            return new Reading.Unreadable(DeadLetterCategory.UNKNOWN_SCHEMA, String.valueOf(unknown.getMessage()));
        } catch (UnreadableException unreadable) {
            return unreadable.reading();
        } catch (SerializationException | IllegalArgumentException unreadable) {
            return new Reading.Unreadable(DeadLetterCategory.MALFORMED, String.valueOf(unreadable.getMessage()));
        }
    }

    /** {@return what the record holds} May throw IllegalArgumentException for a field that is out of its range. */
    abstract Reading reading(T record) throws UnreadableException;

    /**
     * Converts a record of any source.
     *
     * @throws UnreadableException if this version does not know the status or the source, or if an id or a time is invalid
     * @throws IllegalArgumentException if a number is out of its range, or the task id is blank
     */
    static StatusEvent event(TaskStatusEvent record) throws UnreadableException {
        if (record.getStatus() == dev.ratchet.v1.TaskStatus.UNKNOWN) {
            throw new UnreadableException(
                    DeadLetterCategory.UNKNOWN_STATUS,
                    "Expected status to be one of " + Arrays.toString(TaskStatus.values())
                            + ", but got one that this version's schema does not have");
        }
        if (record.getSource() == TaskSource.UNKNOWN) {
            throw UnreadableException.expected("a known source", "one that this version's schema does not have");
        }
        check(record);
        return TaskRecords.event(record);
    }

    private static void check(TaskStatusEvent event) throws UnreadableException {
        FieldChecks.checkId("taskId", event.getTaskId());
        FieldChecks.checkId("workflowId", event.getWorkflowId());
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
            throw FieldChecks.before1970(field, time.toString());
        }
    }
}
