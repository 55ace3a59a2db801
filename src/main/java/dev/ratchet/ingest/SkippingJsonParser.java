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
}
