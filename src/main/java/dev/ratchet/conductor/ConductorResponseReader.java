package dev.ratchet.conductor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TextLimits;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Conductor's responses leniently: ignores unknown fields, accepts missing ones and numbers in strings. Requires one
 * complete object with an id and a status. Not with jackson-databind, which would parse the output: a repair has to write it
 * back byte for byte.
 */
final class ConductorResponseReader {

    /** Longer than any accepted text, so that a text that is too long is still seen to be. */
    private static final int MAX_LENGTH = TextLimits.REASON + 1_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // outputs may be secret
            .errorReportConfiguration(
                    ErrorReportConfiguration.builder().maxErrorTokenLength(60).build())
            .build();

    private final Map<String, String> fields = new HashMap<>();

    private final byte[] body;
    private long outputStart;
    private long outputEnd;

    private ConductorResponseReader(byte[] body) throws IOException {
        this.body = body;
        try (JsonParser in = FACTORY.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(in, "expected an object, but got " + in.currentToken());
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                if (in.nextToken().isScalarValue() && in.currentToken() != JsonToken.VALUE_NULL) {
                    String text = in.getText();
                    fields.put(name, text.substring(0, Math.min(text.length(), MAX_LENGTH)));
                } else if (name.equals("outputData") && in.currentToken() == JsonToken.START_OBJECT) {
                    outputStart = in.currentTokenLocation().getByteOffset();
                    in.skipChildren();
                    outputEnd = in.currentLocation().getByteOffset();
                } else {
                    in.skipChildren();
                }
            }
            if (in.nextToken() != null) {
                throw new JsonParseException(in, "expected one object, but there is more");
            }
        }
    }

    static ConductorTask task(byte[] body, int maxOutputBytes) throws IOException {
        ConductorResponseReader in = new ConductorResponseReader(body);
        Optional<String> output = in.output(maxOutputBytes);
        return new ConductorTask(
                new TaskIdentity(
                        in.needed("taskId"),
                        in.text("workflowInstanceId"),
                        in.text("workflowType"),
                        in.text("taskType"),
                        in.text("referenceTaskName")),
                in.needed("status"),
                new EpochEvidence(
                        new EpochKey(in.number("scheduledTime", EpochKey.NO_TIME), in.count("retryCount")),
                        in.number("startTime", EpochKey.NO_TIME),
                        in.number("endTime", EpochKey.NO_TIME),
                        in.count("pollCount"),
                        in.flag("executed"),
                        in.flag("subworkflowChanged"),
                        in.number("responseTimeoutSeconds", 0),
                        in.number("callbackAfterSeconds", 0)),
                in.number("updateTime", EpochKey.NO_TIME),
                new TaskOutput(
                        output,
                        in.text("externalOutputPayloadStoragePath"),
                        in.text("workerId"),
                        in.text("reasonForIncompletion"),
                        in.text("subWorkflowId"),
                        output.isPresent() || !in.hasOutput()));
    }

    static ConductorWorkflow workflow(byte[] body) throws IOException {
        ConductorResponseReader in = new ConductorResponseReader(body);
        return new ConductorWorkflow(in.needed("workflowId"), in.needed("status"));
    }

    private String text(String field) {
        return fields.getOrDefault(field, "");
    }

    private String needed(String field) throws IOException {
        if (text(field).isBlank()) {
            throw new IOException("expected " + field + ", but there is none");
        }
        return text(field);
    }

    private boolean hasOutput() {
        return outputEnd > outputStart;
    }

    /** The bytes as received, so that numbers do not change. */
    private Optional<String> output(int largest) throws IOException {
        long bytes = outputEnd - outputStart;
        if (!hasOutput() || bytes > largest) {
            return Optional.empty();
        }
        if (outputStart < 0 || body[(int) outputStart] != '{') {
            throw new IOException("expected the response in UTF-8");
        }
        return Optional.of(new String(body, (int) outputStart, (int) bytes, UTF_8));
    }

    private Flag flag(String field) {
        return text(field).isEmpty() ? Flag.UNKNOWN : Flag.of(text(field).equals("true"));
    }

    private int count(String field) throws IOException {
        return (int) number(field, EpochKey.NO_COUNT);
    }

    private long number(String field, long absent) throws IOException {
        try {
            return text(field).isEmpty() ? absent : Long.parseLong(text(field).strip());
        } catch (NumberFormatException e) {
            throw new IOException("expected " + field + " to be a whole number, but got '" + text(field) + "'", e);
        }
    }
}
