package dev.ratchet.repair.worker;

import dev.ratchet.conductor.ConductorUnavailableException;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks whether Conductor is available, and when to call it again if it is not. One failed request may concern its task
 * alone; two in a row about different tasks do not. Logs each change once. Not thread-safe, except {@link #since} and
 * {@link #answeredAt}.
 */
final class ConductorAvailability {

    /** Upper bound of every pause, {@code Retry-After} included. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Upper bound while only some tasks may be affected, so that the others do not wait for those. */
    private static final Duration LONGEST_WHILE_UNCERTAIN = Duration.ofSeconds(4);

    private static final Logger LOG = LoggerFactory.getLogger(ConductorAvailability.class);

    /** After so many tries the pauses become longer than other tasks should wait. */
    private static final int MANY_TRIES = 2;

    private final IntervalFunction backoff;
    private final LongSupplier nanos;
    private int tries;
    private long since;
    private long until;
    private long answers;
    private @Nullable String unansweredTaskId;
    private volatile @Nullable Instant unavailableSince;
    private volatile @Nullable Instant answeredAt;

    /** @param nanos as {@link System#nanoTime} */
    ConductorAvailability(IntervalFunction backoff, LongSupplier nanos) {
        this.backoff = backoff;
        this.nanos = nanos;
    }

    void onAnswer() {
        answers++;
        answeredAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        unavailableSince = null;
        unansweredTaskId = null;
        if (tries > 0) {
            LOG.info("Conductor is available again. unavailableFor={}", Duration.ofNanos(nanos.getAsLong() - since));
            tries = 0;
        }
    }

    void onUnavailable(String taskId, ConductorUnavailableException failure) {
        boolean isFirst = unansweredTaskId == null;
        boolean isOther = !isFirst && !taskId.equals(unansweredTaskId);
        unansweredTaskId = taskId;
        if (tries == 0 && !isOther && !failure.affectsAllRequests()) {
            if (isFirst) {
                LOG.warn(
                        "RATCHET-2103 Conductor does not answer about a task; the command is retried. task={}, error={}",
                        taskId,
                        failure.getMessage());
            }
            return;
        }
        if (tries++ == 0) {
            since = nanos.getAsLong();
            unavailableSince = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            LOG.warn(
                    "RATCHET-2104 Conductor is unavailable since {}; all repairs and audits wait until it answers. error={}",
                    unavailableSince,
                    failure.getMessage());
        }
        Duration pause = pause(failure, tries);
        boolean isCertain = failure.affectsAllRequests() || failure.retryAfter().isPresent();
        until = nanos.getAsLong() + (isCertain ? pause : shorter(pause, LONGEST_WHILE_UNCERTAIN)).toNanos();
    }

    /** Whether it failed so often that it is worth probing whether it answers at all. */
    boolean isWorthProbing(ConductorUnavailableException failure) {
        return tries >= MANY_TRIES
                && failure.affectsAllRequests()
                && failure.retryAfter().isEmpty();
    }

    /** When a command that got no answer may be tried again, as {@link System#nanoTime}. */
    long nextTryAt(ConductorUnavailableException failure, int triesOfTask) {
        return nanos.getAsLong() + pause(failure, triesOfTask).toNanos();
    }

    /** To be called when Conductor did not answer a probe, which is sent while no command waits for it. */
    void onUnansweredProbe() {
        tries++;
        until = nanos.getAsLong()
                + shorter(Duration.ofMillis(backoff.apply(tries)), LONGEST).toNanos();
    }

    /** Since when Conductor is unavailable; empty while it is not, and before the first request. */
    Optional<Instant> since() {
        return Optional.ofNullable(unavailableSince);
    }

    /** When Conductor last answered; empty before its first answer. */
    Optional<Instant> answeredAt() {
        return Optional.ofNullable(answeredAt);
    }

    long now() {
        return nanos.getAsLong();
    }

    private Duration pause(ConductorUnavailableException failure, int after) {
        return shorter(failure.retryAfter().orElseGet(() -> Duration.ofMillis(backoff.apply(after))), LONGEST);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    long answerCount() {
        return answers;
    }

    /** How long no request may be sent; zero if one may. */
    Duration remainingPause() {
        return tries == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, until - nanos.getAsLong()));
    }
}
