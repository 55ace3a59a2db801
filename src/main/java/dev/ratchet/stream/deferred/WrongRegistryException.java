package dev.ratchet.stream.deferred;

/** What the registry does not know shows that it is wrong or has lost its schemas, not that the records are bad. */
public final class WrongRegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WrongRegistryException(String message) {
        super(message);
    }
}
