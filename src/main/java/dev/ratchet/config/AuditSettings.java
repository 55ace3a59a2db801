package dev.ratchet.config;

import java.time.Duration;

/**
 * When Ratchet asks Conductor about the status of a task.
 *
 * @param on whether audits are on
 * @param delay from the end of a task to its audit
 * @param interval without an event for a live task, until its audit
 * @param perSecond maximum audits per second, for the whole application; at least 1
 */
public record AuditSettings(
        @Setting(name = MODE, defaultValue = "off", check = TextCheck.OFF_OR_ON)
        boolean on,

        @Setting(name = "ratchet.audit.delay", defaultValue = "PT30S", min = 1)
        Duration delay,

        @Setting(name = "ratchet.audit.interval", defaultValue = "PT10M", min = 1)
        Duration interval,

        @Setting(name = "ratchet.audit.rate", defaultValue = "10", min = 1, max = 1_000)
        int perSecond) {
    static final String MODE = "ratchet.audit.mode";
}
