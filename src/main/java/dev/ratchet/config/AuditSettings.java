package dev.ratchet.config;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * When Conductor is asked how it holds a task.
 *
 * @param delay after a task ended
 * @param interval for how long a live task must have been quiet, each time
 * @param perSecond tasks asked about a second, at most, of the whole application; at least 1
 */
public record AuditSettings(boolean on, Duration delay, Duration interval, int perSecond) {
    static final String MODE = "ratchet.audit.mode";
    static final String DELAY = "ratchet.audit.delay";
    static final String INTERVAL = "ratchet.audit.interval";
    static final String RATE = "ratchet.audit.rate";

    /** Whether it is done at all. */
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
                        "Whether Conductor is asked from time to time how it holds a task. Finds what the webhook never"
                                + " told, and costs Conductor one read each. Needs `ratchet.conductor.url`.")
                .declare(
                        DELAY,
                        "PT30S",
                        Validators.durationOfAtLeast(Duration.ofSeconds(1), "PT30S"),
                        Importance.LOW,
                        "How long after a task ended Conductor is asked whether it still holds the end.")
                .declare(
                        INTERVAL,
                        "PT10M",
                        Validators.durationOfAtLeast(Duration.ofSeconds(1), "PT10M"),
                        Importance.MEDIUM,
                        "How long nothing must have been heard of a live task for Conductor to be asked about it; and again"
                                + " each time.")
                .declare(
                        RATE,
                        10,
                        Validators.between(ConfigDef.Type.INT, 1, 1_000),
                        Importance.MEDIUM,
                        "Tasks asked about a second, at most, by all instances together. What is due beyond it waits. Keep"
                                + " it well under `ratchet.conductor.rate`, or repairs wait too.");
    }

    static AuditSettings from(AbstractConfig config) {
        return new AuditSettings(
                Validators.constant(Mode.class, config.getString(MODE)) == Mode.ON,
                Duration.parse(config.getString(DELAY)),
                Duration.parse(config.getString(INTERVAL)),
                config.getInt(RATE));
    }
}
