package dev.ratchet.repairer;

/** Not even the tasks could be read. The message says all there is, in one line. */
public final class SweepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SweepFailedException(String message) {
        super(message);
    }

    SweepFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
