package dev.ratchet.inspect;

/** A topic does not exist. */
public final class NoSuchTopicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchTopicException(String topic) {
        super("Expected topic " + topic + " to exist, but it does not: run 'ratchet topics check'.");
    }
}
