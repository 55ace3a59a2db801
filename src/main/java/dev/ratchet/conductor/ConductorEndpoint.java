package dev.ratchet.conductor;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where Conductor is and how it is spoken to.
 *
 * @param url http(s)://HOST[:PORT][/PATH], with Conductor's own prefix {@code /api}
 * @param token what lets us in; open-source Conductor asks for none
 * @param connectTimeout for the connection
 * @param responseTimeout for a whole answer, its body included
 * @param maxResponseBytes bytes; a row carries the task's input and output
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

    /** With timeouts and limits that suit most. */
    public static ConductorEndpoint at(URI url, Optional<Token> token) {
        return new ConductorEndpoint(url, token, CONNECT_TIMEOUT, RESPONSE_TIMEOUT, MAX_RESPONSE_BYTES);
    }

    /** The address without a slash at its end. */
    String base() {
        return url.toString().replaceFirst("/+$", "");
    }

    /**
     * A secret, sent with each request.
     *
     * @param header in {@code Authorization} it goes as a bearer token, in any other, such as {@code X-Authorization},
     *     as it is
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
