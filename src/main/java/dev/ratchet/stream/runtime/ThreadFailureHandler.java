package dev.ratchet.stream.runtime;

import dev.ratchet.stream.FailureText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what happens after a stream thread failed: the thread is replaced after a pause, or the process ends, if
 * threads fail too often or a retry cannot help. Logs each failure in one line with its causes, and the stack trace of
 * each kind of failure once. Thread-safe.
 */
final class ThreadFailureHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailureHandler.class);

    private static final int FAILURES_PER_THREAD = 5;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /**
     * The thread stays a member of the group meanwhile, and a rebalance waits for it: shorter than a transaction may be
     * open.
     */
    private static final Duration MAX_PAUSE = Duration.ofSeconds(8);

    private final int threads;

    /** Times of the failures within the window, oldest first. */
    private final Deque<Long> failures = new ArrayDeque<>();

    private final Set<String> traced = new HashSet<>();

    /** @param threads stream threads of the process; each may fail as often as the only thread of a smaller process */
    ThreadFailureHandler(int threads) {
        this.threads = threads;
    }

    /**
     * Handles the failure of the current thread, and blocks it for the pause before it is replaced.
     *
     * @param stopping ends the pause
     * @param onEnd called if the process must end
     */
    StreamThreadExceptionResponse handle(Throwable failure, CountDownLatch stopping, Consumer<Throwable> onEnd) {
        Optional<Duration> pause = pauseAfter(failure, System.nanoTime());
        if (pause.isEmpty()) {
            onEnd.accept(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        try {
            boolean stops = stopping.await(pause.get().toMillis(), TimeUnit.MILLISECONDS);
            return stops ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT : StreamThreadExceptionResponse.REPLACE_THREAD;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
    }

    /**
     * Counts and logs a failure.
     *
     * @param now from a clock like {@link System#nanoTime}
     * @return how long to wait before the thread is replaced; empty if the process must end
     */
    Optional<Duration> pauseAfter(Throwable failure, long now) {
        Optional<String> advice = FatalFailure.advice(failure);
        if (advice.isPresent()) {
            LOG.error(
                    "RATCHET-1007 A stream thread failed, and a retry would not help: {}. {}{}",
                    FailureText.describe(failure),
                    advice.get(),
                    traceOnce(failure));
            return Optional.empty();
        }
        int count = count(now);
        if (count > FAILURES_PER_THREAD * threads) {
            LOG.error(
                    "RATCHET-1008 A stream thread failed, the {}th time within {} minutes, and the process ends: {}{}",
                    count,
                    WINDOW.toMinutes(),
                    FailureText.describe(failure),
                    traceOnce(failure));
            return Optional.empty();
        }
        Duration pause = pause(count);
        LOG.error(
                "RATCHET-1006 A stream thread failed and is replaced in {} s: {}{}",
                pause.toSeconds(),
                FailureText.describe(failure),
                traceOnce(failure));
        return Optional.of(pause);
    }

    /** Adds a failure. {@return how many there were in the window, this one included; at most one too many} */
    private synchronized int count(long now) {
        failures.addLast(now);
        while (now - failures.getFirst() > WINDOW.toNanos() || failures.size() > FAILURES_PER_THREAD * threads + 1) {
            failures.removeFirst();
        }
        return failures.size();
    }

    /** Doubles with each round of failures in which every thread may have failed once. */
    private Duration pause(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min((failures - 1) / threads, 10));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }

    /** {@return the stack trace of the first failure of its kind, else nothing} */
    private synchronized String traceOnce(Throwable failure) {
        boolean isFirstOfItsKind = traced.add(FailureText.kind(failure));
        return isFirstOfItsKind ? System.lineSeparator() + FailureText.stackTrace(failure) : "";
    }
}
