package dev.ratchet.ingest;

/** A record does not have the form of its source. */
public final class UnreadableException extends Exception {
    private final DeadLetterCategory flaw;

    public UnreadableException(DeadLetterCategory flaw, String message) {
        super(message, null, false, false);
        this.flaw = flaw;
    }

    public static UnreadableException expected(String what, String got) {
        return new UnreadableException(DeadLetterCategory.MALFORMED, "Expected " + what + ", but got " + got);
    }

    public Reading.Unreadable reading() {
        return new Reading.Unreadable(flaw, String.valueOf(getMessage()));
    }
}
