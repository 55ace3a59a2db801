package dev.ratchet.repair;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Conductor gave no answer that says anything: I/O error, timeout, 408, 429, 5xx, or what cannot be read. Trying again
 * later may help. An update that ended so may have been done.
 */
public final class ConductorUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;
    private final boolean asked;

    public ConductorUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
        retryAfter = null;
        asked = true;
    }

    /** @param retryAfter how long to leave it alone; null if nobody said */
    public ConductorUnavailableException(String message, @Nullable Duration retryAfter) {
        this(message, retryAfter, true);
    }

    private ConductorUnavailableException(String message, @Nullable Duration retryAfter, boolean asked) {
        super(message);
        this.retryAfter = retryAfter;
        this.asked = asked;
    }

    /** It was spared the question, because of others: that says nothing about what was to be asked. */
    public static ConductorUnavailableException notAsked(String why, Duration retryAfter) {
        return new ConductorUnavailableException("Not asked: " + why, retryAfter, false);
    }

    /** Whether the question was put to it at all. */
    public boolean wasAsked() {
        return asked;
    }

    /** How long to leave it alone, if it said so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
