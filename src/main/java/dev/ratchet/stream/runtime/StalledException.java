package dev.ratchet.stream.runtime;

/** The stream has work but makes no progress. */
final class StalledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StalledException(String message) {
        super(message);
    }
}
