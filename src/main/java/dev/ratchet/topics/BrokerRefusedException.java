package dev.ratchet.topics;

/** A broker answered, and said no: to the credentials, to the right, or to the request. One line; later does not help. */
public final class BrokerRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
