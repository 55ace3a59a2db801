package dev.ratchet.config;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * Where status events come from.
 *
 * @param offset added to every log position, at least 0
 * @param silence how long the input topics may be without a record while tasks are live
 */
public record SourceSettings(Kind kind, long offset, Duration silence) {
    static final String KIND = "ratchet.source";
    static final String OFFSET = "ratchet.source.offset";
    static final String SILENCE = "ratchet.source.silence";

    /** The input beside the events topic, which Ratchet always reads. */
    public enum Kind {
        /** None: producers and the webhook write status events. */
        NATIVE,
        /** The change data capture topic of Conductor's database. */
        DEBEZIUM
    }

    static void declare(ConfigDef definition) {
        new SettingGroup(definition, "Source")
                .declare(
                        KIND,
                        "native",
                        Validators.oneOf(Kind.values()),
                        Importance.HIGH,
                        "`native`: status events on `ratchet.topic.events`, from producers or the webhook. `debezium`:"
                                + " also changes of Conductor's database, on `ratchet.topic.cdc`.")
                .declare(
                        OFFSET,
                        0L,
                        Validators.atLeast(ConfigDef.Type.LONG, 0),
                        Importance.LOW,
                        "Added to every log position. Raise it after the database was restored, or failed over to a log"
                                + " that starts lower.")
                .declare(
                        SILENCE,
                        "PT5M",
                        Validators.durationOfAtLeast(Duration.ofSeconds(1), "PT5M"),
                        Importance.MEDIUM,
                        "When nothing at all was written to the input topics for this long while tasks are live,"
                                + " SOURCE_SILENT is raised, and tasks are not called STUCK (but one by each instance that"
                                + " does not own partition 0).");
    }

    static SourceSettings from(AbstractConfig config) {
        return new SourceSettings(
                Validators.constant(Kind.class, config.getString(KIND)),
                config.getLong(OFFSET),
                Duration.parse(config.getString(SILENCE)));
    }
}
