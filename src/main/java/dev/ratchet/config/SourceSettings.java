package dev.ratchet.config;

import java.time.Duration;

/**
 * Where status events come from.
 *
 * @param offset added to every log position, at least 0
 * @param silence how long the input topics may be without a record while tasks are live
 */
public record SourceSettings(
        @Setting(name = KIND, defaultValue = "native") Kind kind,

        @Setting(name = "ratchet.source.offset", defaultValue = "0", min = 0)
        long offset,

        @Setting(name = "ratchet.source.silence", defaultValue = "PT5M", min = 1)
        Duration silence) {
    static final String KIND = "ratchet.source";

    /** The input beside the events topic, which Ratchet always reads. */
    public enum Kind {
        /** None: producers and the webhook write status events. */
        NATIVE,
        /** The change data capture topic of Conductor's database. */
        DEBEZIUM
    }
}
