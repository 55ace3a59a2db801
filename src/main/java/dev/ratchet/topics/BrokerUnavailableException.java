package dev.ratchet.topics;

/** No broker answered in time, or none could be reached. The message is one complete line; a later retry may help. */
public final class BrokerUnavailableException extends RuntimeException {
    BrokerUnavailableException(String message) {
        super(message);
    }

    BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
