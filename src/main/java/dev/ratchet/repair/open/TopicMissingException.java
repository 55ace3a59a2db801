package dev.ratchet.repair.open;

/** A topic does not exist. The message is one complete line. */
public final class TopicMissingException extends RuntimeException {
    TopicMissingException(String topic, String hint) {
        super("Expected topic %s to exist, but it does not: %s".formatted(topic, hint));
    }
}
