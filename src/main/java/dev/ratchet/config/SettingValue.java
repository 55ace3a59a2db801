package dev.ratchet.config;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;

/**
 * A value of a setting, with its origin.
 *
 * @param origin for people: {@code FILE:LINE}, {@code environment variable NAME} or {@code --set}
 */
record SettingValue(String name, String value, String origin) {
    static final String HIDDEN = "[hidden]";

    /** A setting that Kafka does not declare is a secret if its name contains one of these. */
    static final List<String> SECRET_PARTS =
            List.of("password", "passphrase", "secret", "token", "user.info", "jaas", "credentials", "key");

    /** An error message, which starts with the origin. */
    String mistake(String text) {
        return origin + ": " + text;
    }

    String shown() {
        return show(name, value);
    }

    /** The value, or {@link #HIDDEN} for a secret; hides user and password in an address. */
    static String show(String setting, String value) {
        // Greedy on purpose: for several addresses, or a stray @ or /, it hides too much rather than too little
        return isSecret(setting) && !value.isEmpty() ? HIDDEN : value.replaceAll("(?s)//.*@", "//" + HIDDEN + "@");
    }

    static boolean isSecret(String setting) {
        String lower = setting.toLowerCase(Locale.ROOT);
        return KafkaSettingNames.type(KafkaSettingNames.bare(lower))
                .map(type -> type == ConfigDef.Type.PASSWORD)
                .orElseGet(() -> SECRET_PARTS.stream().anyMatch(lower::contains));
    }

    /** {@return one line for people, without secrets} */
    @Override
    public String toString() {
        return name + "=" + shown() + " (" + origin + ")";
    }
}
