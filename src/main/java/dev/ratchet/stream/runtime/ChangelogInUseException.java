package dev.ratchet.stream.runtime;

/** The changelog holds records, and this application knows of no task. The message says what would happen, and the ways out. */
public final class ChangelogInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChangelogInUseException(String message) {
        super(message);
    }
}
