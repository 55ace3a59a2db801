package dev.ratchet.topics;

/** A broker rejected the credentials, the authorization or the request. The message is one line; a retry does not help. */
public final class BrokerRefusedException extends RuntimeException {
    BrokerRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
