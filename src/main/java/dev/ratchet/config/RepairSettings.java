package dev.ratchet.config;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * How Ratchet repairs tasks whose end Conductor lost.
 *
 * @param settle how long a divergence must last; the source may agree by itself in that time
 * @param answer how long Ratchet waits for the result of a command before it issues the command again
 * @param capture how long the output of an ended task is kept
 * @param captureBytes larger outputs are not kept
 * @param attempts maximum attempts for one divergence, at least 1
 */
public record RepairSettings(
        Mode mode, Duration settle, Duration answer, Duration capture, int captureBytes, int attempts) {
    static final String MODE = "ratchet.repair.mode";
    static final String SETTLE = "ratchet.repair.settle";
    static final String ANSWER = "ratchet.repair.answer.timeout";
    static final String CAPTURE = "ratchet.repair.capture";
    static final String CAPTURE_BYTES = "ratchet.repair.capture.max.bytes";
    static final String ATTEMPTS = "ratchet.repair.attempts";

    static final int DEFAULT_CAPTURE_BYTES = 524_288;

    /** A command contains the output, and brokers accept records up to a megabyte by default. */
    private static final int MOST_BYTES = 900_000;

    /** How far a repair goes. */
    public enum Mode {
        /** Ratchet does not call Conductor. */
        OFF,
        /** Ratchet reads from Conductor, and reports what it would write. */
        DRY_RUN,
        /** Ratchet writes to Conductor. */
        APPLY
    }

    static void declare(ConfigDef definition) {
        new SettingGroup(definition, "Repair")
                .declare(
                        MODE,
                        "dry-run",
                        Validators.oneOf(Mode.values()),
                        Importance.HIGH,
                        "What Ratchet does if Conductor lost the end of a task: `off`, `dry-run` (reads from Conductor, and"
                                + " reports what it would write) or `apply`. Needs `ratchet.conductor.url`.")
                .declare(
                        SETTLE,
                        "PT3S",
                        Validators.durationOfAtLeast(Duration.ZERO, "PT3S"),
                        Importance.MEDIUM,
                        "How long Conductor must hold the wrong status before the repair. Keep it well under 30 s: a task that fell back"
                                + " to SCHEDULED is then queued by Conductor, and executed a second time.")
                .declare(
                        ANSWER,
                        "PT5M",
                        Validators.durationOfAtLeast(Duration.ofSeconds(1), "PT5M"),
                        Importance.LOW,
                        "How long the result of a repair may take. Then the command counts as lost and is issued again; the"
                                + " time doubles with each attempt, up to eight times this. After `ratchet.repair.attempts`"
                                + " REPAIR_FAILED is raised.")
                .declare(
                        CAPTURE,
                        "PT1H",
                        Validators.durationOfAtLeast(Duration.ofMinutes(1), "PT1H"),
                        Importance.MEDIUM,
                        "How long the output of an ended task is kept, since Conductor loses it with the status. What is"
                                + " not repaired by then cannot be any more, if it is COMPLETED and had an output.")
                .declare(
                        CAPTURE_BYTES,
                        DEFAULT_CAPTURE_BYTES,
                        Validators.between(ConfigDef.Type.INT, 0, MOST_BYTES),
                        Importance.LOW,
                        "Larger outputs are not kept, and their tasks are not repaired. `kafka.max.request.size`, if it is set, must be"
                                + " larger by 65,536.")
                .declare(
                        ATTEMPTS,
                        5,
                        Validators.between(ConfigDef.Type.INT, 1, 100),
                        Importance.LOW,
                        "How often a repair that failed is tried, with growing pauses, before REPAIR_FAILED is raised. In"
                                + " `apply` mode four times as many are issued for one epoch of a task, however often"
                                + " Conductor loses its end again.");
    }

    static RepairSettings from(AbstractConfig config) {
        return new RepairSettings(
                Validators.constant(Mode.class, config.getString(MODE)),
                Duration.parse(config.getString(SETTLE)),
                Duration.parse(config.getString(ANSWER)),
                Duration.parse(config.getString(CAPTURE)),
                config.getInt(CAPTURE_BYTES),
                config.getInt(ATTEMPTS));
    }
}
