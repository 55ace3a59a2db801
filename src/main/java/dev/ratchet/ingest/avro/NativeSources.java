package dev.ratchet.ingest.avro;

import dev.ratchet.ingest.Reading.Flaw;
import dev.ratchet.ingest.UnreadableException;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;

/** Which sources may write status events. The others have topics of their own, and no producer may pass for them. */
final class NativeSources {
    static final String ALLOWED = "NATIVE or WEBHOOK";

    private NativeSources() {}

    /**
     * Passes an event on.
     *
     * @param where the event was read, for people
     * @throws UnreadableException if its source may not write there
     */
    static StatusEvent checked(StatusEvent event, String where) throws UnreadableException {
        if (!isAllowed(event.source())) {
            throw new UnreadableException(
                    Flaw.FORBIDDEN_SOURCE,
                    "Expected source to be " + ALLOWED + " on " + where + ", but got " + event.source()
                            + ": it has a topic of its own");
        }
        return event;
    }

    private static boolean isAllowed(EventSource source) {
        return switch (source) {
            case NATIVE, WEBHOOK -> true;
            case CDC, AUDIT -> false;
        };
    }
}
