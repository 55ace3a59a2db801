package dev.ratchet.config;

import java.time.Duration;

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
        @Setting(name = MODE, defaultValue = "dry-run") Mode mode,

        @Setting(name = SETTLE, defaultValue = "PT3S", min = 0)
        Duration settle,

        @Setting(name = "ratchet.repair.answer.timeout", defaultValue = "PT5M", min = 1)
        Duration answer,

        @Setting(name = CAPTURE, defaultValue = "PT1H", min = 60)
        Duration capture,
        // A command contains the output, and brokers accept records up to 1 MB by default
        @Setting(name = CAPTURE_BYTES, defaultValue = "524288", min = 0, max = 900_000)
        int captureBytes,

        @Setting(name = "ratchet.repair.attempts", defaultValue = "5", min = 1, max = 100)
        int attempts) {
    static final String MODE = "ratchet.repair.mode";
    static final String SETTLE = "ratchet.repair.settle";
    static final String CAPTURE = "ratchet.repair.capture";
    static final String CAPTURE_BYTES = "ratchet.repair.capture.max.bytes";

    /** Bytes of a record for everything but the output: ids, names, reason and headers take up to 30,000. */
    public static final int BESIDE_THE_OUTPUT = 65_536;

    public enum Mode {
        OFF,
        /** Ratchet reads from Conductor, and reports what it would write. */
        DRY_RUN,
        APPLY
    }

    /** {@return bytes of the largest record that Ratchet writes: a repair command, or a captured output} */
    public int largestRecord() {
        return captureBytes + BESIDE_THE_OUTPUT;
    }
}
