package dev.ratchet.conductor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import java.util.Locale;
import java.util.Optional;

/**
 * A response of Conductor, of any status that a retry does not change.
 *
 * @param request method and path, for messages
 */
record ConductorResponse(String request, int status, LimitedBodySubscriber.Bytes body) {

    /** Spring's message for a path that does not exist, in the form of Conductor's errors. */
    private static final String NO_SUCH_ADDRESS = "No static resource";

    /** In every error response of Conductor, and in none of a gateway or of Spring. */
    private static final String CONDUCTOR_FIELD = "\"retryable\"";

    /** Characters of an error response that messages repeat. */
    static final int MAX_REASON_LENGTH = 400;

    /**
     * Which requests fail like this one; empty if Conductor answered the request. Conductor may be overloaded or broken, reject
     * the token, or not be what answers at this address.
     */
    Optional<Scope> unavailable() {
        return switch (status) {
            case 500, 408 -> Optional.of(Scope.REQUEST);
            case 403 -> Optional.of(Scope.FORBIDDEN);
            case 401, 405, 407, 429 -> Optional.of(Scope.ALL_REQUESTS);
            case 404 -> isFromConductor() ? Optional.empty() : Optional.of(Scope.ALL_REQUESTS);
            default -> status / 100 == 5 || status / 100 == 3 ? Optional.of(Scope.ALL_REQUESTS) : Optional.empty();
        };
    }

    /** Request, status and reason, with a hint what to check. */
    String describe() {
        return request + ": Conductor answered " + status + ": " + reason();
    }

    /** The body of a 2xx response. */
    byte[] bodyOrThrow() {
        if (status / 100 != 2) {
            throw new ConductorRefusedException(request, status, reason());
        }
        if (!body.complete()) {
            throw new ConductorRefusedException(
                    request, status, "more than the " + body.taken().size() + " bytes that are read of a response");
        }
        return body.taken().toByteArray();
    }

    /** Whether Conductor does not know the id. */
    boolean isNotFound() {
        return status == 204 || status == 404;
    }

    /**
     * A 404 of a gateway, or about the path itself, does not come from Conductor: a missing route must not look like missing
     * tasks.
     */
    private boolean isFromConductor() {
        String text = text();
        return text.contains(CONDUCTOR_FIELD) && !text.contains(NO_SUCH_ADDRESS);
    }

    private String reason() {
        String text = text().replaceAll("\\s+", " ").strip();
        String hint = switch (status) {
            case 401, 403, 407 -> " (is ratchet.conductor.token right?)";
            case 404, 405 -> " (is ratchet.conductor.url right?)";
            default -> status / 100 == 3 ? " (are ratchet.conductor.url and ratchet.conductor.token right?)" : "";
        };
        return (text.isEmpty() ? "no reason given" : text) + hint;
    }

    private String text() {
        String text = body.taken().toString(UTF_8);
        return text.length() > MAX_REASON_LENGTH ? text.substring(0, MAX_REASON_LENGTH) + "…" : text;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %d", request, status);
    }
}
