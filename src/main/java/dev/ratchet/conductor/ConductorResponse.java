package dev.ratchet.conductor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A response of Conductor, or of what answers at its address.
 *
 * @param request method and path, for messages
 */
record ConductorResponse(String request, HttpResponse<byte[]> http) {

    /** Spring's message for a path that does not exist, in the form of Conductor's errors. */
    private static final String NO_SUCH_ADDRESS = "No static resource";

    /** In every error response of Conductor, and in none of a gateway or of Spring. */
    private static final String CONDUCTOR_FIELD = "\"retryable\"";

    /** Characters of an error response that messages repeat. */
    private static final int MAX_REASON_LENGTH = 400;

    /** A character takes up to four bytes. */
    static final int MAX_REASON_BYTES = 4 * MAX_REASON_LENGTH;

    /**
     * Throws unless Conductor answered the request. It may be overloaded or broken, reject the token, or not be what answers
     * at this address.
     */
    void throwIfUnavailable() {
        unavailable().ifPresent(scope -> {
            throw new ConductorUnavailableException(
                    request + ": Conductor answered " + http.statusCode() + ": " + reason(), scope, retryAfter());
        });
    }

    /** Which requests fail like this one; empty if Conductor answered the request. */
    private Optional<Scope> unavailable() {
        int status = http.statusCode();
        return switch (status) {
            case 500, 408 -> Optional.of(Scope.REQUEST);
            case 403 -> Optional.of(Scope.FORBIDDEN);
            case 401, 405, 407, 429 -> Optional.of(Scope.ALL_REQUESTS);
            case 404 -> isFromConductor() ? Optional.empty() : Optional.of(Scope.ALL_REQUESTS);
            default -> status / 100 == 5 || status / 100 == 3 ? Optional.of(Scope.ALL_REQUESTS) : Optional.empty();
        };
    }

    byte[] bodyOrThrow(int maxBytes) {
        if (http.statusCode() / 100 != 2) {
            throw new ConductorRefusedException(request, http.statusCode(), reason());
        }
        if (http.body().length > maxBytes) {
            throw new ConductorRefusedException(
                    request, http.statusCode(), "more than the " + maxBytes + " bytes that are read of a response");
        }
        return http.body();
    }

    boolean isNotFound() {
        return http.statusCode() == 204 || http.statusCode() == 404;
    }

    /**
     * A 404 of a gateway, or about the path itself, does not come from Conductor: a missing route must not look like missing
     * tasks.
     */
    private boolean isFromConductor() {
        String text = text();
        return text.contains(CONDUCTOR_FIELD) && !text.contains(NO_SUCH_ADDRESS);
    }

    /** Only in seconds; the date form would need synchronized clocks. */
    private @Nullable Duration retryAfter() {
        return http.headers()
                .firstValue("Retry-After")
                .map(String::strip)
                .filter(value -> value.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }

    private String reason() {
        String text = text().replaceAll("\\s+", " ").strip();
        String hint = switch (http.statusCode()) {
            case 401, 403, 407 -> " (is ratchet.conductor.token right?)";
            case 404, 405 -> " (is ratchet.conductor.url right?)";
            default ->
                http.statusCode() / 100 == 3 ? " (are ratchet.conductor.url and ratchet.conductor.token right?)" : "";
        };
        return (text.isEmpty() ? "no reason given" : text) + hint;
    }

    private String text() {
        String text = new String(http.body(), UTF_8);
        return text.length() > MAX_REASON_LENGTH ? text.substring(0, MAX_REASON_LENGTH) + "…" : text;
    }
}
