package dev.ratchet.registry;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The registry is in the way: it is away, refuses, or holds something unexpected. It says nothing about the record at
 * hand, which must therefore not become a dead letter: stop, or try again.
 */
public class RegistryException extends SerializationException {
    private static final long serialVersionUID = 1L;

    public RegistryException(String message) {
        super(message);
    }

    public RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
