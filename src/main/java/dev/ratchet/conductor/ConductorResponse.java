package dev.ratchet.conductor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import java.util.Locale;
import java.util.Optional;

/**
 * What Conductor answered, of whatever status but those that a later try may mend.
 *
 * @param request what was asked, for people
 */
record ConductorResponse(String request, int status, LimitedBodySubscriber.Bytes body) {
    /** What Spring says of an address that is none of Conductor's, in Conductor's own form. */
    private static final String NO_SUCH_ADDRESS = "No static resource";

    /** In every error of Conductor's own, and in none of a gateway's or of Spring's. */
    private static final String CONDUCTOR_FIELD = "\"retryable\"";

    /** Enough of a refusal for a person to see why. */
    static final int MAX_REASON_LENGTH = 400;

    /**
     * Whether it says nothing about what was asked, and to whom else it would say nothing: that Conductor is overloaded or
     * broken, that it lets nobody in with this token, or that it is not Conductor that answers at this address.
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

    /** What it says, cut short, and what to check. */
    String describe() {
        return request + ": Conductor answered " + status + ": " + reason();
    }

    /** The body, of any length, if it is a yes. */
    byte[] bodyOrThrow() {
        if (status / 100 != 2) {
            throw new ConductorRefusedException(request, status, reason());
        }
        if (!body.complete()) {
            throw new ConductorRefusedException(
                    request, status, "more than the " + body.taken().size() + " bytes that are read of an answer");
        }
        return body.taken().toByteArray();
    }

    /** Whether Conductor knows nothing of that id. */
    boolean isNotFound() {
        return status == 204 || status == 404;
    }

    /**
     * A gateway's 404 is no word of Conductor's, nor is one about the address itself: a route that is missing must not pass
     * for tasks that are gone.
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
