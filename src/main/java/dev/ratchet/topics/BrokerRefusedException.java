package dev.ratchet.topics;

/** A broker rejected the credentials, the authorization or the request. The message is one line; a retry does not help. */
public final class BrokerRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
