package dev.ratchet.source;

import dev.ratchet.source.Reading.Flaw;

/** A record is not what its source's records look like. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Flaw flaw;

    UnreadableException(Flaw flaw, String message) {
        super(message, null, false, false);
        this.flaw = flaw;
    }

    static UnreadableException expected(String what, String got) {
        return new UnreadableException(Flaw.MALFORMED, "Expected " + what + ", but got " + got);
    }

    Reading.Unreadable reading() {
        return new Reading.Unreadable(flaw, String.valueOf(getMessage()));
    }
}
