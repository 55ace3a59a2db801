package dev.ratchet.conductor;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Conductor gave no answer that says anything about what it was asked: I/O error, timeout, 5xx, 408, 429, what cannot be
 * read; or it does not let Ratchet in: 401, 403, a redirect, an address that is none of Conductor's. Trying again later
 * may help. An update that ended so may have been done.
 */
public final class ConductorUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What else got no answer, as far as the failure itself shows. */
    public enum Scope {
        /** Perhaps this question alone: 500, a timeout, half an answer. */
        REQUEST,
        /** Perhaps this question alone; it is for a person to permit it: 403. */
        FORBIDDEN,
        /** All questions: it cannot be reached, is overloaded, or does not let Ratchet in. */
        ALL_REQUESTS,
        /** All questions, so that this one was not even put to it. */
        NOT_SENT
    }

    private final @Nullable Duration retryAfter;
    private final Scope scope;

    public ConductorUnavailableException(String message, Scope scope, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = null;
        this.scope = scope;
    }

    /** @param retryAfter how long to leave it alone; null if nobody said */
    public ConductorUnavailableException(String message, Scope scope, @Nullable Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
        this.scope = scope;
    }

    /** It was spared the question, because of others: that says nothing about what was to be asked. */
    public static ConductorUnavailableException notSent(String why, Duration retryAfter) {
        return new ConductorUnavailableException("Not asked: " + why, Scope.NOT_SENT, retryAfter);
    }

    /** Whether the question was put to it at all. */
    public boolean wasSent() {
        return scope != Scope.NOT_SENT;
    }

    /** Whether other questions would get no answer either. */
    public boolean affectsAllRequests() {
        return scope == Scope.ALL_REQUESTS || scope == Scope.NOT_SENT;
    }

    /** Whether it may be held against the task that was asked about. */
    public boolean mayBeTaskSpecific() {
        return scope == Scope.REQUEST;
    }

    /** How long to leave it alone, if it said so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
