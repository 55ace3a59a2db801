package dev.ratchet.ingest.avro;

import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.UnreadableException;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.v1.TaskStatusEvent;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the events topic: Avro records from native producers and the webhook. */
public final class NativeReader extends AvroReader<TaskStatusEvent> {
    private final String topic;
    private final PayloadCapturePolicy capture;

    public NativeReader(Deserializer<TaskStatusEvent> deserializer, String topic, PayloadCapturePolicy capture) {
        super(deserializer, topic);
        this.topic = topic;
        this.capture = capture;
    }

    @Override
    Reading reading(TaskStatusEvent record) throws UnreadableException {
        StatusEvent event = NativeSources.checked(EventRecords.event(record), topic);
        return new Reading.Event(event, capture.of(event, record));
    }
}
