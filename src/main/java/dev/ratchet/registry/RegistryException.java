package dev.ratchet.registry;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The registry is unavailable, refuses, or holds something unexpected. The record may be good and must not become a dead
 * letter: retry or stop.
 */
public class RegistryException extends SerializationException {
    public RegistryException(String message) {
        super(message);
    }

    public RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
