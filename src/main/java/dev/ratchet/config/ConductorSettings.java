package dev.ratchet.config;

import java.net.URI;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * Where Conductor is, and how much of it is asked.
 *
 * @param url of its REST API, with the prefix {@code /api}; empty: it is never asked, and nothing is repaired
 * @param token what lets us in; empty: none is sent
 * @param tokenHeader in {@code Authorization} the token goes as a bearer token, in any other as it is
 * @param requestsPerSecond of one instance, at least 1
 */
public record ConductorSettings(Optional<URI> url, Optional<String> token, String tokenHeader, int requestsPerSecond) {
    static final String URL = "ratchet.conductor.url";
    static final String TOKEN = "ratchet.conductor.token";
    static final String TOKEN_HEADER = "ratchet.conductor.auth.header";
    static final String RATE = "ratchet.conductor.rate";

    static void declare(ConfigDef definition) {
        new SettingGroup(definition, "Conductor")
                .declare(
                        URL,
                        null,
                        Validators.WEB_ADDRESS,
                        Importance.HIGH,
                        "Conductor's REST API, such as `http://localhost:8080/api`. Without it nothing is repaired or"
                                + " audited.")
                .declare(
                        TOKEN,
                        null,
                        Validators.TOKEN,
                        Importance.MEDIUM,
                        "Sent with each request to Conductor, which itself asks for none: for a proxy before it.")
                .declare(
                        TOKEN_HEADER,
                        "Authorization",
                        Validators.HEADER_NAME,
                        Importance.LOW,
                        "The header that the token goes in; `Authorization` sends it as a bearer token, any other, such"
                                + " as `X-Authorization`, as it is.")
                .declare(
                        RATE,
                        50,
                        Validators.between(ConfigDef.Type.INT, 1, 1_000),
                        Importance.MEDIUM,
                        "Requests to Conductor a second, at most, of one instance. A repair takes about five, an audit"
                                + " one.");
    }

    static ConductorSettings from(AbstractConfig config) {
        return new ConductorSettings(
                Optional.ofNullable(config.getString(URL)).map(URI::create),
                Optional.ofNullable(config.getString(TOKEN)),
                config.getString(TOKEN_HEADER),
                config.getInt(RATE));
    }

    @Override
    public String toString() {
        return "ConductorAccess[url=" + url.map(value -> SecretMask.show(URL, value.toString())) + "]";
    }
}
