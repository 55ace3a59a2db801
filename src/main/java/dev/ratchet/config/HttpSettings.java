package dev.ratchet.config;

import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * Address of the HTTP server, and the token for its callers.
 *
 * @param host a name or address of this machine
 * @param port 0 for any free port, up to 65535
 * @param token what callers send as a bearer token; a secret
 */
public record HttpSettings(String host, int port, Optional<String> token) {
    public static final String HOST = "ratchet.http.host";
    public static final String PORT = "ratchet.http.port";
    public static final String TOKEN = "ratchet.http.token";

    static void declare(ConfigDef definition) {
        new SettingGroup(definition, "HTTP")
                .declare(
                        HOST,
                        "127.0.0.1",
                        new Validator(
                                ConfigDef.Type.STRING,
                                "a name or address of this machine",
                                value -> !((String) value).isBlank()),
                        Importance.MEDIUM,
                        "Where the server listens. `0.0.0.0` is every address of this machine.")
                .declare(
                        PORT,
                        8484,
                        new Validator(
                                ConfigDef.Type.INT, "0 to 65535", value -> (int) value >= 0 && (int) value <= 65_535),
                        Importance.MEDIUM,
                        "`0` takes any that is free, and logs which.")
                .declare(
                        TOKEN,
                        null,
                        Validators.TOKEN,
                        Importance.HIGH,
                        "What callers must send as `Authorization: Bearer TOKEN`, Conductor's webhook too. Needed where"
                                + " `ratchet.intake.mode` is `on`.");
    }

    static HttpSettings from(AbstractConfig config) {
        return new HttpSettings(
                config.getString(HOST), config.getInt(PORT), Optional.ofNullable(config.getString(TOKEN)));
    }

    @Override
    public String toString() {
        return "HttpSettings[host=" + host + ", port=" + port + ", token=" + token.map(value -> SecretMask.HIDDEN)
                + "]";
    }
}
