package dev.ratchet.repair.open;

import org.jspecify.annotations.Nullable;

/** A topic does not exist or cannot be read. The message is one complete line. */
public final class TopicReadFailedException extends RuntimeException {
    TopicReadFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
