package dev.ratchet.stream.runtime;

/** The stream has work and makes no progress with it. */
final class StalledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StalledException(String message) {
        super(message);
    }
}
