package dev.ratchet.config;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;

/** Hides secrets in output. */
final class SecretMask {
    static final String HIDDEN = "[hidden]";

    /** A setting that Kafka does not declare is a secret if its name contains one of these. */
    static final List<String> PARTS =
            List.of("password", "passphrase", "secret", "token", "user.info", "jaas", "credentials", "key");

    private SecretMask() {}

    /** The value, or {@link #HIDDEN} for a secret; hides user and password in an address. */
    static String show(String setting, String value) {
        // Greedy on purpose: for several addresses, or a stray @ or /, it hides too much rather than too little
        return isSecret(setting) ? HIDDEN : value.replaceAll("(?s)//.*@", "//" + HIDDEN + "@");
    }

    static boolean isSecret(String setting) {
        String lower = setting.toLowerCase(Locale.ROOT);
        String own = lower.startsWith(SettingDefinitions.KAFKA_PREFIX)
                ? lower.substring(SettingDefinitions.KAFKA_PREFIX.length())
                : lower;
        return KafkaSettingNames.type(own)
                .map(type -> type == ConfigDef.Type.PASSWORD)
                .orElseGet(() -> PARTS.stream().anyMatch(lower::contains));
    }
}
