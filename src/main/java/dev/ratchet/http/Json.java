package dev.ratchet.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** JSON of responses: records by their components, times in ISO-8601, enums by name, null where there is no value. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false) // of a later version
            .registerModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new InstantReader()));

    /** Reads times in ISO-8601. */
    private static final class InstantReader extends FromStringDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String text, DeserializationContext context) {
            return Instant.parse(text);
        }
    }

    private Json() {}

    public static String text(Object body) {
        try {
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a document, such as the response of another instance.
     *
     * @throws UncheckedIOException if it is not such a document
     */
    public static <T> T read(String text, Class<T> type) {
        try {
            T read = MAPPER.readValue(text, type);
            if (read == null) {
                throw new UncheckedIOException(new IOException("Expected " + type.getSimpleName() + ", but got null"));
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
