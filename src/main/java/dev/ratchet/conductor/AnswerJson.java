package dev.ratchet.conductor;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.ratchet.repair.ConductorTask;
import dev.ratchet.repair.ConductorWorkflow;
import dev.ratchet.task.LifeKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads Conductor's answers leniently: unknown fields are passed over, known ones may be missing, numbers may come as
 * strings. But an object it must be, whole, and say which it is and how it is.
 */
final class AnswerJson {
    /** Ids, names and statuses are short; what is longer is cut, and then matches nothing. */
    private static final int LONGEST = 1_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // outputs may be secret
            .errorReportConfiguration(
                    ErrorReportConfiguration.builder().maxErrorTokenLength(60).build())
            .build();

    private final Map<String, String> fields = new HashMap<>();

    private AnswerJson(byte[] body) throws IOException {
        try (JsonParser in = FACTORY.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(in, "expected an object, but got " + in.currentToken());
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                if (in.nextToken().isScalarValue() && in.currentToken() != JsonToken.VALUE_NULL) {
                    if (wanted(name)) {
                        String text = in.getText();
                        fields.put(name, text.substring(0, Math.min(text.length(), LONGEST)));
                    }
                } else {
                    in.skipChildren();
                }
            }
            if (in.nextToken() != null) {
                throw new JsonParseException(in, "expected one object, but there is more");
            }
        }
    }

    static ConductorTask task(byte[] body) throws IOException {
        AnswerJson in = new AnswerJson(body);
        return new ConductorTask(
                in.needed("taskId"),
                in.text("workflowInstanceId"),
                in.text("taskType"),
                in.text("referenceTaskName"),
                in.needed("status"),
                new LifeKey(in.time("scheduledTime"), in.count("retryCount")),
                in.time("startTime"),
                in.time("endTime"),
                in.count("pollCount"));
    }

    static ConductorWorkflow workflow(byte[] body) throws IOException {
        AnswerJson in = new AnswerJson(body);
        return new ConductorWorkflow(in.needed("workflowId"), in.needed("status"));
    }

    private static boolean wanted(String name) {
        return switch (name) {
            case "taskId",
                    "workflowInstanceId",
                    "workflowId",
                    "taskType",
                    "referenceTaskName",
                    "status",
                    "scheduledTime",
                    "startTime",
                    "endTime",
                    "retryCount",
                    "pollCount" -> true;
            default -> false;
        };
    }

    private String text(String field) {
        return fields.getOrDefault(field, "");
    }

    private String needed(String field) throws IOException {
        if (text(field).isEmpty()) {
            throw new IOException("expected " + field + ", but there is none");
        }
        return text(field);
    }

    private long time(String field) throws IOException {
        return number(field, LifeKey.NO_TIME);
    }

    private int count(String field) throws IOException {
        return (int) number(field, LifeKey.NO_COUNT);
    }

    private long number(String field, long absent) throws IOException {
        try {
            return text(field).isEmpty() ? absent : Long.parseLong(text(field).strip());
        } catch (NumberFormatException e) {
            throw new IOException("expected " + field + " to be a whole number, but got '" + text(field) + "'", e);
        }
    }
}
