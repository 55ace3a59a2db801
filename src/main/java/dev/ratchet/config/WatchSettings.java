package dev.ratchet.config;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * How long a task may be as it is.
 *
 * @param scheduled a task in its queue of which nothing is heard
 * @param inProgress a task at work of which nothing is heard, where Conductor names no limit of its own
 * @param terminal how long a task is remembered after it ended
 * @param live how long a task that has not ended is remembered with nothing heard of it
 */
public record WatchSettings(Duration scheduled, Duration inProgress, Duration terminal, Duration live) {
    static final String SCHEDULED = "ratchet.stuck.scheduled";
    static final String IN_PROGRESS = "ratchet.stuck.in-progress";
    static final String TERMINAL = "ratchet.retention.terminal";
    static final String LIVE = "ratchet.retention.live";

    static void declare(ConfigDef definition) {
        new SettingGroup(definition, "Stuck tasks and retention")
                .declare(
                        SCHEDULED,
                        "PT15M",
                        Validators.durationOfAtLeast(Duration.ofSeconds(1), "PT15M"),
                        Importance.MEDIUM,
                        "A SCHEDULED task of which nothing was heard for this long is STUCK.")
                .declare(
                        IN_PROGRESS,
                        "PT1H",
                        Validators.durationOfAtLeast(Duration.ofSeconds(1), "PT1H"),
                        Importance.MEDIUM,
                        "An IN_PROGRESS task of which nothing was heard for this long is STUCK, unless its record carries"
                                + " Conductor's own `responseTimeoutSeconds`, which is the limit then.")
                .declare(
                        TERMINAL,
                        "P7D",
                        Validators.durationOfAtLeast(Duration.ofMinutes(1), "P7D"),
                        Importance.MEDIUM,
                        "How long a task is remembered after it ended. Then its state is deleted, and the changelog gets a"
                                + " tombstone.")
                .declare(
                        LIVE,
                        "P90D",
                        Validators.durationOfAtLeast(Duration.ofHours(1), "P90D"),
                        Importance.LOW,
                        "How long a task that has not ended is remembered with nothing heard of it. Then it is forgotten in the"
                                + " same way: its workflow may have been archived without a word. Set it to longer than any"
                                + " WAIT or HUMAN task may take.");
    }

    static WatchSettings from(AbstractConfig config) {
        return new WatchSettings(
                Duration.parse(config.getString(SCHEDULED)),
                Duration.parse(config.getString(IN_PROGRESS)),
                Duration.parse(config.getString(TERMINAL)),
                Duration.parse(config.getString(LIVE)));
    }
}
