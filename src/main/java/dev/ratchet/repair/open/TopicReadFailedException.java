package dev.ratchet.repair.open;

/** A topic does not exist or cannot be read. The message is one complete line. */
public final class TopicReadFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicReadFailedException(String message) {
        super(message);
    }

    TopicReadFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
