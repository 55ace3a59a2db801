package dev.ratchet.conductor;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Conductor did not answer the request: I/O error, timeout, 5xx, 408, 429 or an unreadable response; or it rejects Ratchet:
 * 401, 403, a redirect, an address that is not Conductor's. A later retry may help. An update may have been applied.
 */
public final class ConductorUnavailableException extends RuntimeException {
    /** Which other requests the failure affects, as far as it shows. */
    public enum Scope {

        /** Perhaps this request alone: 500, a timeout, an incomplete response. */
        REQUEST,

        /** Perhaps this request alone; an operator has to grant access: 403. */
        FORBIDDEN,

        /** All requests: Conductor is unreachable or overloaded, or rejects Ratchet's credentials. */
        ALL_REQUESTS,

        NOT_SENT
    }

    private final @Nullable Duration retryAfter;
    private final Scope scope;

    public ConductorUnavailableException(String message, Scope scope, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = null;
        this.scope = scope;
    }

    /** @param retryAfter pause before the next request; null if unknown */
    public ConductorUnavailableException(String message, Scope scope, @Nullable Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
        this.scope = scope;
    }

    public boolean wasSent() {
        return scope != Scope.NOT_SENT;
    }

    public boolean affectsAllRequests() {
        return scope == Scope.ALL_REQUESTS || scope == Scope.NOT_SENT;
    }

    /** Whether the failure may be due to the task itself. */
    public boolean mayBeTaskSpecific() {
        return scope == Scope.REQUEST;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
