package dev.ratchet.stream.deferred;

/** The registry is wrong or has lost its schemas; the records are not at fault. */
public final class WrongRegistryException extends RuntimeException {
    public WrongRegistryException(String message) {
        super(message);
    }
}
