package dev.ratchet.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a value that is one JSON object, null, or empty. */
public abstract class JsonRecordReader implements RecordReader {
    private static final Reading BLANK = new Reading.Nothing("blank");
    static final Reading TOMBSTONE = new Reading.Nothing("tombstone");
    private static final byte[] UTF8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** Parts of Jackson's messages that do not help an operator: where a structure began, and the name of Jackson's setting. */
    private static final Pattern NOISE = Pattern.compile(" \\([^(\\[]*\\[Source: .*\\]\\)|, from `[^`]*`");

    @Override
    public final Reading read(byte @Nullable [] value) {
        if (value == null) {
            return TOMBSTONE;
        }
        try (JsonParser in = parser(value, hasByteOrderMark(value) ? UTF8_MARK.length : 0)) {
            JsonToken token = in.nextToken();
            if (token == null) {
                return BLANK;
            }
            Reading reading = token == JsonToken.VALUE_NULL ? TOMBSTONE : object(in);
            if (in.nextToken() != null) {
                throw UnreadableException.expected("one JSON object", "more after it: " + JsonValues.shown(in));
            }
            return reading;
        } catch (UnreadableException unreadable) {
            return unreadable.reading();
        } catch (JsonProcessingException broken) {
            return broken("JSON", broken).reading();
        } catch (IllegalArgumentException outOfRange) {
            return new Reading.Unreadable(DeadLetterCategory.MALFORMED, String.valueOf(outOfRange.getMessage()));
        } catch (IOException noText) {
            return UnreadableException.expected("JSON", "bytes that are not text: " + noText.getMessage())
                    .reading();
        }
    }

    public JsonParser parser(byte[] value, int from) throws IOException {
        return JsonValues.FACTORY.createParser(value, from, value.length - from);
    }

    /** Jackson recognizes the byte order mark only before four bytes or more, and only in bytes. */
    private static boolean hasByteOrderMark(byte[] value) {
        return value.length >= UTF8_MARK.length
                && Arrays.equals(value, 0, UTF8_MARK.length, UTF8_MARK, 0, UTF8_MARK.length);
    }

    /** Reads the fields of an object. The parser is on its first token, and stays on its last. */
    public abstract Reading fields(JsonParser in) throws IOException, UnreadableException;

    private Reading object(JsonParser in) throws IOException, UnreadableException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw UnreadableException.expected("a JSON object", JsonValues.shown(in));
        }
        return fields(in);
    }

    public final Reading nested(JsonParser in) throws IOException, UnreadableException {
        return in.currentToken() == JsonToken.VALUE_NULL ? TOMBSTONE : object(in);
    }

    public static UnreadableException broken(String expected, JsonProcessingException broken) {
        String at = broken.getLocation() == null
                ? ""
                : " at column " + broken.getLocation().getColumnNr();
        if (broken instanceof JsonEOFException) {
            return UnreadableException.expected(expected, "truncated JSON: it ends" + at);
        }
        String why = NOISE.matcher(broken.getOriginalMessage()).replaceAll("");
        if (broken instanceof StreamConstraintsException) {
            return UnreadableException.expected(expected + " of a size that can be read", "more: " + why);
        }
        return UnreadableException.expected(expected, "something else" + at + ": " + why);
    }
}
