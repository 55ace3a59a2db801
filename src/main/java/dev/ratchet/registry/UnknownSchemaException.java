package dev.ratchet.registry;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry answered, but holds no schema with the id of these bytes, or the schema of something else. Either the bytes
 * are bad, or it is not the registry that they were written with.
 */
public final class UnknownSchemaException extends SerializationException {
    private static final long serialVersionUID = 1L;

    public UnknownSchemaException(String message) {
        super(message);
    }

    public UnknownSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
