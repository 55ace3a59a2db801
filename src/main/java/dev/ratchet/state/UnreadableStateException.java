package dev.ratchet.state;

import org.apache.kafka.common.errors.SerializationException;

/** This version cannot read a stored value. The message names the value and the remedy; a retry does not help. */
public final class UnreadableStateException extends SerializationException {
    UnreadableStateException(String message) {
        super(message);
    }

    UnreadableStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
