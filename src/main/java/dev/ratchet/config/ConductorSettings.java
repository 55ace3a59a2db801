package dev.ratchet.config;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * Address of Conductor, and the request limit.
 *
 * @param url of its REST API, with the prefix {@code /api}; empty: Ratchet never calls Conductor, and repairs nothing
 * @param token sent with each request; empty: none is sent
 * @param tokenHeader in {@code Authorization} the token is a bearer token, in any other header it is sent as is
 * @param requestsPerSecond of one instance, at least 1
 */
public record ConductorSettings(Optional<URI> url, Optional<String> token, String tokenHeader, int requestsPerSecond) {
    static final String URL = "ratchet.conductor.url";
    static final String TOKEN = "ratchet.conductor.token";
    static final String TOKEN_HEADER = "ratchet.conductor.auth.header";
    static final String RATE = "ratchet.conductor.rate";

    private static final String BEARER = "Authorization";

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
                        "Sent with each request to Conductor: for a proxy in front of it, as Conductor itself needs none.")
                .declare(
                        TOKEN_HEADER,
                        BEARER,
                        Validators.HEADER_NAME,
                        Importance.LOW,
                        "The header that the token goes in; `Authorization` sends it as a bearer token, any other, such"
                                + " as `X-Authorization`, as it is.")
                .declare(
                        RATE,
                        50,
                        Validators.between(ConfigDef.Type.INT, 1, 1_000),
                        Importance.MEDIUM,
                        "Maximum requests to Conductor per second, of one instance. A repair takes about five, an audit"
                                + " one.");
    }

    static ConductorSettings from(AbstractConfig config) {
        return new ConductorSettings(
                Optional.ofNullable(config.getString(URL)).map(URI::create),
                Optional.ofNullable(config.getString(TOKEN)),
                config.getString(TOKEN_HEADER),
                config.getInt(RATE));
    }

    /** The header with the token; empty without a token. */
    public Map<String, String> headers() {
        return token.map(secret ->
                        Map.of(tokenHeader, tokenHeader.equalsIgnoreCase(BEARER) ? "Bearer " + secret : secret))
                .orElse(Map.of());
    }

    @Override
    public String toString() {
        return "ConductorSettings[url=" + url.map(value -> SecretMask.show(URL, value.toString())) + "]";
    }
}
