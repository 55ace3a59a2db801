package dev.ratchet.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TextLimits;
import java.io.IOException;
import java.util.Optional;

/** The fields of a row or a notification that a repair restores. The output is cut out of the text, not parsed. */
public final class PayloadFields implements JsonValues.FieldReader {
    private final PayloadCapturePolicy capture;
    private final char[] text;
    private final int start;
    private Optional<String> output = Optional.empty();
    private String externalOutputPath = "";
    private String workerId = "";
    private String reasonForIncompletion = "";
    private String subWorkflowId = "";
    private boolean complete = true;

    /**
     * @param text the text that the parser reads
     * @param start where the parser began
     */
    public PayloadFields(PayloadCapturePolicy capture, char[] text, int start) {
        this.capture = capture;
        this.text = text;
        this.start = start;
    }

    @Override
    public void read(JsonParser in, String field) throws IOException, UnreadableException {
        switch (field) {
            case "outputData" -> output = object(in);
            case "output" -> output = notified(in);
            case "externalOutputPayloadStoragePath" ->
                externalOutputPath = isText(in) ? JsonValues.text(in, field) : "";
            case "workerId" -> workerId = isText(in) ? JsonValues.text(in, field, TextLimits.NAME) : "";
            case "reasonForIncompletion" ->
                reasonForIncompletion = isText(in) ? JsonValues.text(in, field, TextLimits.REASON) : "";
            case "subWorkflowId" -> subWorkflowId = isText(in) ? JsonValues.text(in, field) : "";
            default -> in.skipChildren();
        }
    }

    /** Skips anything else: the status of the task matters more than a field beside its output. */
    private static boolean isText(JsonParser in) throws IOException {
        in.skipChildren();
        return in.currentToken() == JsonToken.VALUE_STRING || in.currentToken() == JsonToken.VALUE_NUMBER_INT;
    }

    private Optional<String> object(JsonParser in) throws IOException {
        boolean isObject = in.currentToken() == JsonToken.START_OBJECT;
        long from = in.currentTokenLocation().getCharOffset();
        in.skipChildren();
        if (!isObject) {
            return Optional.empty();
        }
        int length = (int) (in.currentLocation().getCharOffset() - from);
        if (length <= capture.maxBytes()) {
            String json = new String(text, start + (int) from, length);
            if (capture.fits(json)) {
                return Optional.of(json);
            }
        }
        complete = false;
        return Optional.empty();
    }

    /**
     * Conductor's notifications hold the output as text: JSON, or Java's {@code {a=1}}, which cannot be parsed and so is
     * missing.
     */
    private Optional<String> notified(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.START_OBJECT) {
            return object(in);
        }
        boolean isText = in.currentToken() == JsonToken.VALUE_STRING;
        String json = isText ? in.getText() : "";
        if (isText && isObject(json)) {
            return Optional.of(json);
        }
        boolean isNone = isText && (json.isBlank() || json.strip().equals("null"));
        complete &= isNone || in.currentToken() == JsonToken.VALUE_NULL;
        in.skipChildren();
        return Optional.empty();
    }

    private static boolean isObject(String text) throws IOException {
        try (JsonParser in = JsonValues.FACTORY.createParser(text)) {
            return in.nextToken() == JsonToken.START_OBJECT && in.skipChildren().nextToken() == null;
        } catch (JsonProcessingException noJson) {
            return false;
        }
    }

    public TaskOutput payload() {
        return new TaskOutput(output, externalOutputPath, workerId, reasonForIncompletion, subWorkflowId, complete);
    }
}
