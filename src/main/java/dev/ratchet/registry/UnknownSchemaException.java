package dev.ratchet.registry;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry does not know the schema id of these bytes, or it is of another record. Either the bytes are bad, or they were
 * written with another registry.
 */
public final class UnknownSchemaException extends SerializationException {
    public UnknownSchemaException(String message) {
        super(message);
    }

    public UnknownSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
