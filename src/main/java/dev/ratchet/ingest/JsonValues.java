package dev.ratchet.ingest;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.TextLimits;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Reads single values leniently: numbers may be strings, times may be ISO-8601. Each error names its field. */
public final class JsonValues {
    private static final int SHOWN = 60;

    public static final JsonFactory FACTORY = SkippingJsonParser.factory(settings());

    /** Reads one field. The parser is on the first token of the value, and stays on its last. */
    public interface FieldReader {
        void read(JsonParser in, String field) throws IOException, UnreadableException;
    }

    private JsonValues() {}

    static JsonFactoryBuilder settings() {
        return new JsonFactoryBuilder()
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .errorReportConfiguration(ErrorReportConfiguration.builder()
                        .maxErrorTokenLength(SHOWN)
                        .build());
    }

    /** Calls the reader for each field of an object; skips any other value. */
    public static void eachField(JsonParser in, FieldReader reader) throws IOException, UnreadableException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            return;
        }
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            reader.read(in, field);
        }
    }

    /** A whole number that fits a long; {@code absent} for null. */
    public static long wholeNumber(JsonParser in, String field, long absent) throws IOException, UnreadableException {
        JsonToken token = in.currentToken();
        try {
            if (token == JsonToken.VALUE_NUMBER_INT) {
                return in.getLongValue();
            }
            if (token == JsonToken.VALUE_STRING) {
                return Long.parseLong(in.getText().trim());
            }
            if (token == JsonToken.VALUE_NULL) {
                return absent;
            }
        } catch (InputCoercionException | NumberFormatException outOfRange) {
            throw UnreadableException.expected(field + " to be a whole number", shown(in));
        }
        throw UnreadableException.expected(field + " to be a whole number", shown(in));
    }

    /** As {@link #wholeNumber}, but it must fit an int. */
    public static int count(JsonParser in, String field, int absent) throws IOException, UnreadableException {
        long number = wholeNumber(in, field, absent);
        if (number != (int) number) {
            throw UnreadableException.expected(field + " to be a whole number of 32 bits", shown(in));
        }
        return (int) number;
    }

    /** As {@link #count}, 0 or more; {@code absent} for null. */
    static int countFromZero(JsonParser in, String field, int absent) throws IOException, UnreadableException {
        int count = count(in, field, absent);
        if (count < 0 && in.currentToken() != JsonToken.VALUE_NULL) {
            throw UnreadableException.expected(field + " to be 0 or more", shown(in));
        }
        return count;
    }

    /** A point in time, ms, 1970 or later: a number, a number as a string, or ISO-8601; 0 for null. */
    public static long time(JsonParser in, String field) throws IOException, UnreadableException {
        long time = anyTime(in, field);
        if (time < 0) {
            throw FieldChecks.before1970(field, shown(in));
        }
        return time;
    }

    private static long anyTime(JsonParser in, String field) throws IOException, UnreadableException {
        try {
            boolean isIso =
                    in.currentToken() == JsonToken.VALUE_STRING && in.getText().indexOf('T') > 0;
            return isIso ? Instant.parse(in.getText()).toEpochMilli() : wholeNumber(in, field, 0);
        } catch (DateTimeException | ArithmeticException | UnreadableException notATime) {
            throw UnreadableException.expected(field + " to be a time in ms or ISO-8601", shown(in));
        }
    }

    /** The id of a task or a workflow; empty for null. */
    public static String id(JsonParser in, String field) throws IOException, UnreadableException {
        String id = text(in, field, TextLimits.ID + 1); // enough to see that it is too long
        if (id.length() > TextLimits.ID) {
            throw FieldChecks.tooLong(field, in.getTextLength());
        }
        FieldChecks.checkId(field, id);
        return id;
    }

    public static String text(JsonParser in, String field) throws IOException, UnreadableException {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
            return in.getText();
        }
        if (token == JsonToken.VALUE_NULL) {
            return "";
        }
        throw UnreadableException.expected(field + " to be text", shown(in));
    }

    /** Text of at most that many characters, cut by {@link TextLimits#cut}; empty for null. */
    public static String text(JsonParser in, String field, int limit) throws IOException, UnreadableException {
        return in.currentToken() == JsonToken.VALUE_STRING && in.getTextLength() > limit
                ? TextLimits.cut(in.getTextCharacters(), in.getTextOffset(), in.getTextLength(), limit)
                : text(in, field);
    }

    /** A boolean, also as text; unknown for null. */
    static Flag flag(JsonParser in, String field) throws IOException, UnreadableException {
        String text = in.getText();
        return switch (text) {
            case "true" -> Flag.YES;
            case "false" -> Flag.NO;
            case "null" -> Flag.UNKNOWN;
            default -> throw UnreadableException.expected(field + " to be true or false", shown(in));
        };
    }

    public static String shown(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> shown(in.getText());
            default -> cut(in.getText());
        };
    }

    public static String shown(String text) {
        return "'" + cut(text) + "'";
    }

    /** The beginning of the text, cut between characters. Unprintable characters are escaped as in JSON. */
    private static String cut(String text) {
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            String next = printable(text.codePointAt(at));
            if (shown.length() + next.length() > SHOWN) {
                return shown.append('…').toString();
            }
            shown.append(next);
        }
        return shown.toString();
    }

    private static String printable(int character) {
        return FieldChecks.isText(character) ? Character.toString(character) : String.format("\\u%04x", character);
    }
}
