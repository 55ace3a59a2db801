package dev.ratchet.inspect;

/** A topic does not exist. */
public final class NoSuchTopicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param advice how to create it */
    NoSuchTopicException(String topic, String advice) {
        super("Expected topic " + topic + " to exist, but it does not: " + advice + ".");
    }
}
