package dev.ratchet.ingest.avro;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.UnreadableException;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.v1.TaskStatusEvent;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the events topic: Avro records from native producers and the webhook. */
public final class NativeReader extends AvroReader<TaskStatusEvent> {
    /** The sources that may write here. The others have their own topics, and no producer may pose as them. */
    static final String ALLOWED = "NATIVE or WEBHOOK";

    private final String topic;
    private final PayloadCapturePolicy capture;

    public NativeReader(Deserializer<TaskStatusEvent> deserializer, String topic, PayloadCapturePolicy capture) {
        super(deserializer, topic);
        this.topic = topic;
        this.capture = capture;
    }

    @Override
    Reading reading(TaskStatusEvent record) throws UnreadableException {
        StatusEvent event = checked(event(record), topic);
        return new Reading.Event(event, capture.of(event, record));
    }

    /** @throws UnreadableException if the source of the event may not write there */
    static StatusEvent checked(StatusEvent event, String where) throws UnreadableException {
        boolean isAllowed = switch (event.source()) {
            case NATIVE, WEBHOOK -> true;
            case CDC, AUDIT -> false;
        };
        if (!isAllowed) {
            throw new UnreadableException(
                    DeadLetterCategory.FORBIDDEN_SOURCE,
                    "Expected source to be " + ALLOWED + " on " + where + ", but got " + event.source()
                            + ": it has a topic of its own");
        }
        return event;
    }
}
