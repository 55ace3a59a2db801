package dev.ratchet.conductor;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Address, credentials and limits of Conductor's API.
 * @param url http(s)://HOST[:PORT][/PATH], with Conductor's own prefix {@code /api}
 * @param token credentials; open-source Conductor needs none
 * @param connectTimeout for the connection
 * @param responseTimeout for a whole response, including its body
 * @param maxResponseBytes limit of a response body; a row carries the task's input and output
 */
public record ConductorEndpoint(
        URI url, Optional<Token> token, Duration connectTimeout, Duration responseTimeout, int maxResponseBytes) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_RESPONSE_BYTES = 32 * 1024 * 1024;

    public ConductorEndpoint {
        boolean isWebAddress =
                url.getHost() != null && String.valueOf(url.getScheme()).matches("https?");
        if (!isWebAddress || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "Expected Conductor's address to be http(s)://HOST[:PORT][/PATH], but got '" + url + "'");
        }
    }

    /** With default timeouts and limits. */
    public static ConductorEndpoint at(URI url, Optional<Token> token) {
        return new ConductorEndpoint(url, token, CONNECT_TIMEOUT, RESPONSE_TIMEOUT, MAX_RESPONSE_BYTES);
    }

    /** The address without a trailing slash. */
    String base() {
        return url.toString().replaceFirst("/+$", "");
    }

    /**
     * A secret, sent with each request.
     * @param header {@code Authorization} carries it as a bearer token, any other, such as {@code X-Authorization}, unchanged
     */
    public record Token(String header, String secret) {
        public static final String DEFAULT_HEADER = "Authorization";

        String value() {
            return header.equalsIgnoreCase(DEFAULT_HEADER) ? "Bearer " + secret : secret;
        }

        @Override
        public String toString() {
            return header + ": [hidden]";
        }
    }
}
