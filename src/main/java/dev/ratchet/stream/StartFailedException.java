package dev.ratchet.stream;

import org.jspecify.annotations.Nullable;

/** The stream cannot start until someone changes something. The message says what. */
public final class StartFailedException extends IllegalStateException {
    public StartFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
