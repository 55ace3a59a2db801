package dev.ratchet.repair.worker;

import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.repair.Backoff;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Conductor answers, and when to ask it again if it does not. One task that gets no answer says nothing about
 * others; two running do. Logs when that changes, once. For one thread.
 */
final class ConductorAvailability {
    /** Whatever Conductor itself says; more would be taken for having been forgotten. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** While it may be that only some tasks get no answer: the others must not wait for those. */
    private static final Duration LONGEST_WHILE_UNCERTAIN = Duration.ofSeconds(4);

    private static final Logger LOG = LoggerFactory.getLogger(ConductorAvailability.class);

    /** After so many tries the pauses are longer than what others may have to wait for a task that is not theirs. */
    private static final int MANY_TRIES = 2;

    private final Backoff backoff;
    private final LongSupplier nanos;
    private int tries;
    private long since;
    private long until;
    private long answers;
    private @Nullable String unansweredTaskId;

    /** @param nanos as {@link System#nanoTime} */
    ConductorAvailability(Backoff backoff, LongSupplier nanos) {
        this.backoff = backoff;
        this.nanos = nanos;
    }

    void onAnswer() {
        answers++;
        unansweredTaskId = null;
        if (tries > 0) {
            LOG.info("Conductor answers again, after {}", Duration.ofNanos(nanos.getAsLong() - since));
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
                        "Conductor gives no answer about task {}, and is asked about it again until it does: {}",
                        taskId,
                        failure.getMessage());
            }
            return;
        }
        if (tries++ == 0) {
            since = nanos.getAsLong();
            LOG.warn("Conductor gives no answer, and is asked again until it does: {}", failure.getMessage());
        }
        Duration pause = pause(failure, tries);
        boolean isCertain = failure.affectsAllRequests() || failure.retryAfter().isPresent();
        until = nanos.getAsLong() + (isCertain ? pause : shorter(pause, LONGEST_WHILE_UNCERTAIN)).toNanos();
    }

    /** Whether it has given no answer so often that it is worth finding out whether it gives none at all. */
    boolean isWorthProbing(ConductorUnavailableException failure) {
        return tries >= MANY_TRIES
                && failure.affectsAllRequests()
                && failure.retryAfter().isEmpty();
    }

    /** When one task that got no answer may be asked about again, as {@link System#nanoTime}. */
    long nextTryAt(ConductorUnavailableException failure, int triesOfTask) {
        return nanos.getAsLong() + pause(failure, triesOfTask).toNanos();
    }

    long now() {
        return nanos.getAsLong();
    }

    private Duration pause(ConductorUnavailableException failure, int after) {
        return shorter(failure.retryAfter().orElseGet(() -> backoff.delay(after)), LONGEST);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** How many answers there have been. */
    long answerCount() {
        return answers;
    }

    /** How long it is still to be left alone; nothing if it may be asked. */
    Duration remainingPause() {
        return tries == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, until - nanos.getAsLong()));
    }
}
