package dev.ratchet.ingest.avro;

import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.Reading.Flaw;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.ingest.UnreadableException;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.UnknownSchemaException;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.v1.TaskStatusEvent;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the events topic: Avro records from native producers and the webhook. */
public final class NativeReader implements RecordReader {
    private final Deserializer<TaskStatusEvent> deserializer;
    private final String topic;
    private final PayloadCapturePolicy capture;

    public NativeReader(Deserializer<TaskStatusEvent> deserializer, String topic, PayloadCapturePolicy capture) {
        this.deserializer = deserializer;
        this.topic = topic;
        this.capture = capture;
    }

    /** @throws RegistryException if the registry does not return the schema: the record may be valid, try again later */
    @Override
    public Reading read(byte @Nullable [] value) {
        try {
            TaskStatusEvent event = deserializer.deserialize(topic, value);
            return event == null ? new Reading.Nothing("tombstone") : reading(event);
        } catch (RegistryException unavailable) {
            throw unavailable;
        } catch (UnknownSchemaException unknown) {
            return new Reading.Unreadable(Flaw.UNKNOWN_SCHEMA, String.valueOf(unknown.getMessage()));
        } catch (UnreadableException unreadable) {
            return unreadable.reading();
        } catch (SerializationException | IllegalArgumentException unreadable) {
            return new Reading.Unreadable(Flaw.MALFORMED, String.valueOf(unreadable.getMessage()));
        }
    }

    private Reading reading(TaskStatusEvent record) throws UnreadableException {
        StatusEvent event = NativeSources.checked(EventRecords.event(record), topic);
        return new Reading.Event(event, capture.of(event, record));
    }
}
