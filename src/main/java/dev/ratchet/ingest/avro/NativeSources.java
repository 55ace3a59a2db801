package dev.ratchet.ingest.avro;

import dev.ratchet.ingest.Reading.Flaw;
import dev.ratchet.ingest.UnreadableException;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;

/** The sources that may write status events. The others have their own topics, and no producer may pose as them. */
final class NativeSources {
    static final String ALLOWED = "NATIVE or WEBHOOK";

    private NativeSources() {}

    /**
     * Checks the source of an event.
     *
     * @param where the topic, for the message
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
