package dev.ratchet.ingest;

import dev.ratchet.ingest.Reading.Flaw;

/** A record does not have the form of its source. */
public final class UnreadableException extends Exception {
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
