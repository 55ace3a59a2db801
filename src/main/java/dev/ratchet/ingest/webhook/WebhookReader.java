package dev.ratchet.ingest.webhook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ratchet.ingest.JsonRecordReader;
import dev.ratchet.ingest.JsonValues;
import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.PayloadFields;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.TaskFields;
import dev.ratchet.ingest.TimeBounds;
import dev.ratchet.ingest.UnreadableException;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Reads Conductor's task notifications. The sequence is the latest of the four times in it, so a notification without any, or
 * with times that Conductor cannot have written, is unreadable.
 *
 * <p>Conductor encodes them as ISO-8859-1 without declaring it; valid UTF-8 is read as UTF-8.
 */
public final class WebhookReader extends JsonRecordReader {

    /** The reading of a workflow notification. */
    public static final Reading WORKFLOW = new Reading.Nothing("notification of a workflow");

    private final Supplier<TimeBounds> bounds;
    private final boolean readsRecordings;
    private char[] text = {};
    private long updateTime;

    /**
     * Creates a reader for recordings, which may be of any age and may wrap the notification in a request's {@code body}. It
     * captures no output.
     */
    public WebhookReader() {
        this.bounds = () -> TimeBounds.RECORDED;
        this.readsRecordings = true;
    }

    /**
     * Creates a reader that captures outputs.
     *
     * @param clock the times in notifications must be near its time
     */
    public WebhookReader(InstantSource clock) {
        this.bounds = () -> TimeBounds.around(clock.instant());
        this.readsRecordings = false;
    }

    /** Conductor's {@code updateTime} of the task that was read last, ms; 0 for none. */
    long updateTime() {
        return updateTime;
    }

    @Override
    public JsonParser parser(byte[] value, int from) throws IOException {
        text = text(value, from).toCharArray();
        return JsonValues.FACTORY.createParser(text);
    }

    private static String text(byte[] value, int from) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value, from, value.length - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(value, StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public Reading fields(JsonParser in) throws IOException, UnreadableException {
        TaskFields task = new TaskFields(bounds.get());
        PayloadFields payload = new PayloadFields(PayloadCapturePolicy.ALL, text, 0);
        if (!readsRecordings) {
            task.onOtherField(payload);
        }
        Reading wrapped = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            if (readsRecordings && field.equals("body")) {
                wrapped = read(JsonValues.text(in, field).getBytes(StandardCharsets.UTF_8));
            } else {
                task.read(in, field);
            }
        }
        return wrapped == null ? reading(task, payload) : wrapped;
    }

    private Reading reading(TaskFields task, PayloadFields payload) throws UnreadableException {
        if (task.isOfAWorkflow()) {
            return WORKFLOW;
        }
        task.sequence = task.newestTime();
        task.occurredAt = task.newestTime();
        updateTime = task.updateTime();
        StatusEvent event = task.event(EventSource.WEBHOOK);
        if (event.sequence() == 0) {
            throw UnreadableException.expected(
                    "one of scheduledTime, startTime, updateTime and endTime to be set", "none of them");
        }
        return new Reading.Event(event, payload.payload());
    }
}
