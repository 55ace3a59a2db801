package dev.ratchet.repair.open;

/** A topic does not exist or cannot be read. The message is one complete line. */
public final class TopicReadFailedException extends RuntimeException {
    TopicReadFailedException(String message) {
        super(message);
    }

    TopicReadFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
