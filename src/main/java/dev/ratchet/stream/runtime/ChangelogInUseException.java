package dev.ratchet.stream.runtime;

/**
 * The changelog holds records, but this application has no state. The message says what would happen and what to do.
 */
public final class ChangelogInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChangelogInUseException(String message) {
        super(message);
    }
}
