package dev.ratchet.config;

import java.time.Duration;

/**
 * Time limits for tasks.
 *
 * @param scheduled maximum time without an event for a SCHEDULED task
 * @param inProgress maximum time without an event for an IN_PROGRESS task, unless Conductor states a limit for it
 * @param terminal how long the state of an ended task is kept
 * @param live how long the state of a task that has not ended is kept without an event
 */
public record WatchSettings(
        @Setting(name = "ratchet.stuck.scheduled", defaultValue = "PT15M", min = 1)
        Duration scheduled,

        @Setting(name = "ratchet.stuck.in-progress", defaultValue = "PT1H", min = 1)
        Duration inProgress,

        @Setting(name = "ratchet.retention.terminal", defaultValue = "P7D", min = 60)
        Duration terminal,

        @Setting(name = "ratchet.retention.live", defaultValue = "P90D", min = 3_600)
        Duration live) {}
