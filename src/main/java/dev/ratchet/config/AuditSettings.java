package dev.ratchet.config;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * When Ratchet asks Conductor about the status of a task.
 *
 * @param on whether audits are on
 * @param delay from the end of a task to its audit
 * @param interval without an event for a live task, until its audit
 * @param perSecond maximum audits per second, for the whole application; at least 1
 */
public record AuditSettings(boolean on, Duration delay, Duration interval, int perSecond) {
    static final String MODE = "ratchet.audit.mode";
    static final String DELAY = "ratchet.audit.delay";
    static final String INTERVAL = "ratchet.audit.interval";
    static final String RATE = "ratchet.audit.rate";

    private enum Mode {
        OFF,
        ON
    }

    static void declare(ConfigDef definition) {
        new SettingGroup(definition, "Audit")
                .declare(
                        MODE,
                        "off",
                        Validators.oneOf(Mode.values()),
                        Importance.MEDIUM,
                        "Whether Ratchet asks Conductor regularly for the status of tasks. Finds changes that the webhook"
                                + " did not report; each audit is one read from Conductor. Needs `ratchet.conductor.url`.")
                .declare(
                        DELAY,
                        "PT30S",
                        Validators.durationOfAtLeast(Duration.ofSeconds(1), "PT30S"),
                        Importance.LOW,
                        "How long after the end of a task an audit checks that Conductor still holds the end.")
                .declare(
                        INTERVAL,
                        "PT10M",
                        Validators.durationOfAtLeast(Duration.ofSeconds(1), "PT10M"),
                        Importance.MEDIUM,
                        "How long a live task must be without an event until an audit asks Conductor about it, and between"
                                + " two audits.")
                .declare(
                        RATE,
                        10,
                        Validators.between(ConfigDef.Type.INT, 1, 1_000),
                        Importance.MEDIUM,
                        "Maximum audits per second, of all instances together. Further ones wait. Keep it well under"
                                + " `ratchet.conductor.rate`, or repairs wait too.");
    }

    static AuditSettings from(AbstractConfig config) {
        return new AuditSettings(
                Validators.constant(Mode.class, config.getString(MODE)) == Mode.ON,
                Duration.parse(config.getString(DELAY)),
                Duration.parse(config.getString(INTERVAL)),
                config.getInt(RATE));
    }
}
