package dev.ratchet.config;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * Time limits for tasks.
 *
 * @param scheduled maximum time without an event for a SCHEDULED task
 * @param inProgress maximum time without an event for an IN_PROGRESS task, unless Conductor states a limit for it
 * @param terminal how long the state of an ended task is kept
 * @param live how long the state of a task that has not ended is kept without an event
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
                        "A SCHEDULED task without an event for this long is STUCK.")
                .declare(
                        IN_PROGRESS,
                        "PT1H",
                        Validators.durationOfAtLeast(Duration.ofSeconds(1), "PT1H"),
                        Importance.MEDIUM,
                        "An IN_PROGRESS task without an event for this long is STUCK, unless its record carries"
                                + " Conductor's own `responseTimeoutSeconds`, which is the limit then.")
                .declare(
                        TERMINAL,
                        "P7D",
                        Validators.durationOfAtLeast(Duration.ofMinutes(1), "P7D"),
                        Importance.MEDIUM,
                        "How long the state of a task is kept after its end. Then it is deleted, and the changelog gets a"
                                + " tombstone.")
                .declare(
                        LIVE,
                        "P90D",
                        Validators.durationOfAtLeast(Duration.ofHours(1), "P90D"),
                        Importance.LOW,
                        "How long the state of a task that has not ended is kept without an event. Then it is deleted in the"
                                + " same way: its workflow may have been archived unnoticed. Set it to longer than any"
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
