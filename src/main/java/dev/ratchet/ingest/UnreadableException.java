package dev.ratchet.ingest;

import dev.ratchet.ingest.Reading.Flaw;

/** A record is not what its source's records look like. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Flaw flaw;

    public UnreadableException(Flaw flaw, String message) {
        super(message, null, false, false);
        this.flaw = flaw;
    }

    public static UnreadableException expected(String what, String got) {
        return new UnreadableException(Flaw.MALFORMED, "Expected " + what + ", but got " + got);
    }

    public Reading.Unreadable reading() {
        return new Reading.Unreadable(flaw, String.valueOf(getMessage()));
    }
}
