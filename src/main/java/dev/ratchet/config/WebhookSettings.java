package dev.ratchet.config;

/**
 * The webhook and its limits.
 *
 * @param on whether the webhook is on
 * @param maxBytes the largest notification, 1 to 2^30
 * @param maxInFlight maximum number of notifications that are being read, or that Kafka has not acknowledged yet; at
 *     least 1
 * @param maxInFlightBytes maximum bytes of all of these together, at least 1; a single one is accepted up to {@code
 *     maxBytes}
 */
public record WebhookSettings(
        @Setting(name = MODE, defaultValue = "off", check = TextCheck.OFF_OR_ON)
        boolean on,
        // Conductor keeps inputs and outputs of up to 3 MiB each, and a notification has both
        @Setting(name = MAX_BYTES, defaultValue = "8388608", min = 1, max = 1 << 30)
        int maxBytes,

        @Setting(name = "ratchet.intake.max.in.flight", defaultValue = "1000", min = 1)
        int maxInFlight,

        @Setting(name = "ratchet.intake.max.in.flight.bytes", defaultValue = "33554432", min = 1)
        long maxInFlightBytes) {
    static final String MODE = "ratchet.intake.mode";
    public static final String MAX_BYTES = "ratchet.intake.max.bytes";
}
