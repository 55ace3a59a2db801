package dev.ratchet.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What all records in JSON have in common: the whole value is one object, null, or nothing. */
abstract class JsonReader implements RecordReader {
    private static final Reading BLANK = new Reading.Nothing("blank");
    static final Reading TOMBSTONE = new Reading.Nothing("tombstone");

    @Override
    public final Reading read(byte @Nullable [] value) {
        if (value == null) {
            return TOMBSTONE;
        }
        try (JsonParser in = parser(value)) {
            JsonToken token = in.nextToken();
            if (token == null) {
                return BLANK;
            }
            Reading reading = token == JsonToken.VALUE_NULL ? TOMBSTONE : object(in);
            if (in.nextToken() != null) {
                throw UnreadableException.expected("one JSON object", "more after it: " + Json.shown(in));
            }
            return reading;
        } catch (UnreadableException unreadable) {
            return unreadable.reading();
        } catch (JsonProcessingException broken) {
            return UnreadableException.expected(
                            "JSON", "this at " + position(broken) + ": " + broken.getOriginalMessage())
                    .reading();
        } catch (IllegalArgumentException outOfRange) {
            return new Reading.Unreadable(Reading.Flaw.MALFORMED, String.valueOf(outOfRange.getMessage()));
        } catch (IOException impossible) {
            throw new UncheckedIOException("Reading from memory failed", impossible);
        }
    }

    JsonParser parser(byte[] value) throws IOException {
        return Json.FACTORY.createParser(value);
    }

    /** The fields of an object; the parser stands on its first token, and is left on its last. */
    abstract Reading fields(JsonParser in) throws IOException, UnreadableException;

    private Reading object(JsonParser in) throws IOException, UnreadableException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw UnreadableException.expected("a JSON object", Json.shown(in));
        }
        return fields(in);
    }

    /** The fields of an object that may be null, as a value within another. */
    final Reading nested(JsonParser in) throws IOException, UnreadableException {
        return in.currentToken() == JsonToken.VALUE_NULL ? TOMBSTONE : object(in);
    }

    private static String position(JsonProcessingException broken) {
        return String.format(
                Locale.ROOT,
                "column %d",
                broken.getLocation() == null ? 1 : broken.getLocation().getColumnNr());
    }
}
