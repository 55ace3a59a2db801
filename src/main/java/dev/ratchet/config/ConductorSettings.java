package dev.ratchet.config;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Address of Conductor, and the request limit.
 *
 * @param url of its REST API, with the prefix {@code /api}; empty: Ratchet never calls Conductor, and repairs nothing
 * @param token sent with each request; empty: none is sent
 * @param tokenHeader in {@code Authorization} the token is a bearer token, in any other header it is sent as is
 * @param requestsPerSecond of one instance, at least 1
 */
public record ConductorSettings(
        @Setting(name = URL, check = TextCheck.WEB_ADDRESS) Optional<URI> url,

        @Setting(name = "ratchet.conductor.token", check = TextCheck.TOKEN)
        Optional<String> token,

        @Setting(name = "ratchet.conductor.auth.header", defaultValue = "Authorization", check = TextCheck.HEADER_NAME)
        String tokenHeader,

        @Setting(name = "ratchet.conductor.rate", defaultValue = "50", min = 1, max = 1_000)
        int requestsPerSecond) {
    static final String URL = "ratchet.conductor.url";

    /** The header with the token; empty without a token. */
    public Map<String, String> headers() {
        return token.map(secret -> Map.of(
                        tokenHeader, tokenHeader.equalsIgnoreCase("Authorization") ? "Bearer " + secret : secret))
                .orElse(Map.of());
    }

    @Override
    public String toString() {
        return "ConductorSettings[url=" + url.map(value -> SettingValue.show(URL, value.toString())) + "]";
    }
}
