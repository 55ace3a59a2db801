package dev.ratchet.state;

import org.apache.kafka.common.errors.SerializationException;

/** What lies in a store cannot be read by this version. The message says what it is, and the remedy; another try is in vain. */
public final class UnreadableStateException extends SerializationException {
    private static final long serialVersionUID = 1L;

    UnreadableStateException(String message) {
        super(message);
    }

    UnreadableStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
