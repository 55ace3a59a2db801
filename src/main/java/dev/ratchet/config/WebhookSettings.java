package dev.ratchet.config;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

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
public record WebhookSettings(boolean on, int maxBytes, int maxInFlight, long maxInFlightBytes) {
    public static final String MODE = "ratchet.intake.mode";
    public static final String MAX_BYTES = "ratchet.intake.max.bytes";
    public static final String MAX_IN_FLIGHT = "ratchet.intake.max.in.flight";
    public static final String MAX_IN_FLIGHT_BYTES = "ratchet.intake.max.in.flight.bytes";

    private static final int MOST_BYTES = 1 << 30;

    enum Mode {
        OFF,
        ON
    }

    static void declare(ConfigDef definition) {
        new SettingGroup(definition, "Webhook intake")
                .declare(
                        MODE,
                        "off",
                        Validators.oneOf(Mode.values()),
                        Importance.HIGH,
                        "Whether Ratchet accepts Conductor's webhook, on `POST /conductor/tasks`. Needs `ratchet.http.token`.")
                .declare(
                        MAX_BYTES,
                        8 << 20, // Conductor keeps inputs and outputs of up to 3 MiB each, and a notification has both
                        new Validator(
                                ConfigDef.Type.INT,
                                "1 to " + MOST_BYTES,
                                value -> (int) value >= 1 && (int) value <= MOST_BYTES),
                        Importance.LOW,
                        "The largest accepted notification; a larger one gets status 413.")
                .declare(
                        MAX_IN_FLIGHT,
                        1_000,
                        Validators.atLeast(ConfigDef.Type.INT, 1),
                        Importance.LOW,
                        "Maximum notifications that Kafka has not acknowledged yet; further ones get status 503.")
                .declare(
                        MAX_IN_FLIGHT_BYTES,
                        32L << 20,
                        Validators.atLeast(ConfigDef.Type.LONG, 1),
                        Importance.LOW,
                        "Their maximum total size in bytes. The heap needs about five times as much.");
    }

    static WebhookSettings from(AbstractConfig config) {
        return new WebhookSettings(
                Validators.constant(Mode.class, config.getString(MODE)) == Mode.ON,
                config.getInt(MAX_BYTES),
                config.getInt(MAX_IN_FLIGHT),
                config.getLong(MAX_IN_FLIGHT_BYTES));
    }
}
