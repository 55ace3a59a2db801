package dev.ratchet.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.ReaderBasedJsonParser;
import com.fasterxml.jackson.core.sym.CharsToNameCanonicalizer;
import java.io.IOException;

/**
 * Jackson's parser for characters, but faster over objects and arrays that are skipped, which are most of a task:
 * Jackson looks up the name of each field in them. Jackson skips what {@link CompactJson} does not know, or reports the
 * error.
 */
final class SkippingJsonParser extends ReaderBasedJsonParser {
    private SkippingJsonParser(
            IOContext context,
            int features,
            ObjectCodec codec,
            CharsToNameCanonicalizer names,
            char[] text,
            int from,
            int end,
            boolean recyclable) {
        super(context, features, null, codec, names, text, from, end, recyclable);
    }

    /** A factory whose parsers for characters are of this class; those for bytes are Jackson's own. */
    static JsonFactory factory(JsonFactoryBuilder settings) {
        return new Factory(settings);
    }

    @Override
    public JsonParser skipChildren() throws IOException {
        boolean isObject = _currToken == JsonToken.START_OBJECT;
        if (isObject || _currToken == JsonToken.START_ARRAY) {
            int after = CompactJson.skip(_inputBuffer, _inputPtr - 1, _inputEnd);
            if (after != CompactJson.UNKNOWN) {
                _inputPtr = after;
                _parsingContext = _parsingContext.clearAndGetParent();
                _currToken = isObject ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
                return this;
            }
        }
        return super.skipChildren();
    }

    private static final class Factory extends JsonFactory {
        private Factory(JsonFactoryBuilder settings) {
            super(settings);
        }

        @Override
        protected JsonParser _createParser(char[] text, int from, int length, IOContext context, boolean recyclable) {
            CharsToNameCanonicalizer names = _rootCharSymbols.makeChild();
            return new SkippingJsonParser(
                    context, _parserFeatures, _objectCodec, names, text, from, from + length, recyclable);
        }
    }

    /**
     * Finds the end of a JSON value as programs write it: without whitespace, without exponents, not nested deeply. It
     * accepts only what Jackson would accept, and returns {@link #UNKNOWN} for everything else.
     */
    static final class CompactJson {
        static final int UNKNOWN = -1;

        private static final int DEEPEST = 100;

        /** Jackson rejects longer names. */
        private static final int LONGEST_TEXT = 50_000;
        /** Jackson rejects numbers of more than 1,000 digits. */
        private static final int LONGEST_NUMBER = 1_000;

        private final char[] text;
        private final int end;

        private CompactJson(char[] text, int end) {
            this.text = text;
            this.end = end;
        }

        /** {@return the index after the value that starts here, or {@link #UNKNOWN}} */
        static int skip(char[] text, int from, int end) {
            return new CompactJson(text, end).value(from, DEEPEST);
        }

        private int value(int from, int deeper) {
            return switch (at(from)) {
                case '{' -> object(from + 1, deeper - 1);
                case '[' -> array(from + 1, deeper - 1);
                case '"' -> text(from + 1);
                case 't' -> word("true", from);
                case 'f' -> word("false", from);
                case 'n' -> word("null", from);
                default -> number(from);
            };
        }

        private int object(int from, int deeper) {
            if (at(from) == '}') {
                return from + 1;
            }
            int at = from;
            while (deeper > 0) {
                at = at(at) == '"' ? text(at + 1) : UNKNOWN;
                at = at(at) == ':' ? value(at + 1, deeper) : UNKNOWN;
                char next = at(at++);
                if (next == '}') {
                    return at;
                }
                if (next != ',') {
                    return UNKNOWN;
                }
            }
            return UNKNOWN;
        }

        private int array(int from, int deeper) {
            if (at(from) == ']') {
                return from + 1;
            }
            int at = from;
            while (deeper > 0) {
                at = value(at, deeper);
                char next = at(at++);
                if (next == ']') {
                    return at;
                }
                if (next != ',') {
                    return UNKNOWN;
                }
            }
            return UNKNOWN;
        }

        private int text(int from) {
            int limit = Math.min(end, from + LONGEST_TEXT);
            for (int at = from; at < limit; at++) {
                char c = text[at];
                if (c == '"') {
                    return at + 1;
                }
                if (c == '\\') {
                    at++;
                    if ("\"\\/bfnrt".indexOf(at(at)) < 0) {
                        return UNKNOWN;
                    }
                } else if (c < ' ') {
                    return UNKNOWN;
                }
            }
            return UNKNOWN;
        }

        private int word(String word, int from) {
            for (int i = 0; i < word.length(); i++) {
                if (at(from + i) != word.charAt(i)) {
                    return UNKNOWN;
                }
            }
            return from + word.length();
        }

        private int number(int from) {
            int first = at(from) == '-' ? from + 1 : from;
            int at = digits(first);
            if (at == first || (at(first) == '0' && at > first + 1)) {
                return UNKNOWN;
            }
            if (at(at) == '.') {
                int fraction = at + 1;
                at = digits(fraction);
                if (at == fraction) {
                    return UNKNOWN;
                }
            }
            return at - from > LONGEST_NUMBER ? UNKNOWN : at;
        }

        private int digits(int from) {
            int at = from;
            while (at(at) >= '0' && at(at) <= '9') {
                at++;
            }
            return at;
        }

        /** The character, or 0, which valid JSON never contains, outside of the text. */
        private char at(int at) {
            return at >= 0 && at < end ? text[at] : 0;
        }
    }
}
