package dev.ratchet.stream.runtime;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a stream thread that failed: it is replaced after a pause, since brokers and registries come
 * back; or the process ends, if it failed too often or another try cannot help. Logs each failure in one line with its root
 * cause, and the stack trace of each kind of failure once. Thread-safe.
 */
final class ThreadFailureHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailureHandler.class);

    private static final int PER_THREAD = 5;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** The thread stays a member of the group meanwhile, and a rebalance waits for it: less than a transaction may take. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    private final int threads;
    private final FailureRateLimit budget;
    private final Set<String> traced = new HashSet<>();

    /** @param threads stream threads of the process: each may fail as often as the only one of a smaller process */
    ThreadFailureHandler(int threads) {
        this.threads = threads;
        this.budget = new FailureRateLimit(PER_THREAD * threads, WITHIN);
    }

    /**
     * Notes a failure.
     *
     * @param now of a clock like {@link System#nanoTime}
     * @return how long to wait before the thread is replaced; empty if the process is to end
     */
    Optional<Duration> pauseAfter(Throwable failure, long now) {
        Optional<String> advice = FatalFailure.advice(failure);
        if (advice.isPresent()) {
            log("A stream thread failed, and another try would not help: {}. " + advice.get(), failure);
            return Optional.empty();
        }
        int failures = budget.note(now);
        if (failures > PER_THREAD * threads) {
            log(
                    "A stream thread failed, the " + failures + "th time within " + WITHIN.toMinutes()
                            + " minutes, and the process ends: {}",
                    failure);
            return Optional.empty();
        }
        Duration pause = pause(failures);
        log("A stream thread failed and is replaced in " + pause.toSeconds() + " s: {}", failure);
        return Optional.of(pause);
    }

    /** Doubles with each round of failures in which every thread may have failed once. */
    private Duration pause(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min((failures - 1) / threads, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private synchronized void log(String line, Throwable failure) {
        String told = told(failure);
        if (traced.add(
                failure.getClass().getName() + rootCause(failure).getClass().getName())) {
            LOG.error(line, told, failure);
        } else {
            LOG.error(line, told);
        }
    }

    /** What failed, and what lies at the bottom of it. */
    private static String told(Throwable failure) {
        Throwable cause = rootCause(failure);
        return cause == failure ? failure.toString() : failure + " because of " + cause;
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
