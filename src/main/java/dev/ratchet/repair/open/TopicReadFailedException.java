package dev.ratchet.repair.open;

/** Not even the tasks could be read. The message says all there is, in one line. */
public final class TopicReadFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicReadFailedException(String message) {
        super(message);
    }

    TopicReadFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
