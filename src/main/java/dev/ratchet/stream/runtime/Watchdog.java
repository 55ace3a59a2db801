package dev.ratchet.stream.runtime;

import dev.ratchet.stream.progress.PeriodicTask;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a stream that has work but makes no progress: a full disk, or a thread stuck in native code, throws no
 * exception. Does not end a stream whose brokers do not answer: a restart would not help.
 */
final class Watchdog implements AutoCloseable {
    /** The work of the stream. */
    interface Work {
        /**
         * A description of each piece of work, and its progress.
         *
         * @throws ExecutionException if the brokers return an error; like the other exceptions, it leaves the progress
         *     unknown
         */
        Map<String, Object> now() throws ExecutionException, InterruptedException, TimeoutException;
    }

    /** With Kafka's default settings, the group removes a consumer that has not polled for this long. */
    static final Duration LIMIT = Duration.ofMinutes(5);

    private static final int CHECKS_PER_LIMIT = 20;
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final Duration limit;
    private final Work work;
    private final StallReport report;
    private final Consumer<Throwable> onStall;
    private final StallDetector detector;
    private final AtomicLong checks = new AtomicLong();
    private final PeriodicTask thread = new PeriodicTask("ratchet-watchdog");

    private boolean hasEnded;

    /**
     * @param limit how long work may make no progress
     * @param onStall called once, after the report is logged
     */
    Watchdog(Duration limit, Work work, StallReport report, Consumer<Throwable> onStall) {
        this.limit = limit;
        this.work = work;
        this.report = report;
        this.onStall = onStall;
        this.detector = new StallDetector(limit);
    }

    /** The time between two checks: a stall is detected this much later. */
    static Duration interval(Duration limit) {
        return limit.dividedBy(CHECKS_PER_LIMIT);
    }

    void start() {
        thread.every(interval(limit), () -> check(System.nanoTime()));
    }

    /** Catches everything: the executor would stop the task without a log line. */
    void check(long nanos) {
        try {
            Map<String, Object> stalled = detector.findStalled(work.now(), nanos);
            if (!stalled.isEmpty() && !hasEnded) {
                hasEnded = true;
                end(stalled);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException brokers) {
            detector.reset();
            LOG.debug("The brokers do not answer; cannot check whether the stream is stalled", brokers);
        } catch (RuntimeException | Error failed) {
            detector.reset();
            LOG.error("RATCHET-1010 Cannot check whether the stream is stalled; trying again", failed);
        }
        checks.incrementAndGet();
    }

    private void end(Map<String, Object> stalled) {
        try {
            LOG.error("RATCHET-1009 {}", report.create(stalled, limit));
        } finally {
            onStall.accept(new StalledException("No progress for " + limit.toSeconds() + " s: " + stalled));
        }
    }

    /** {@return the number of checks so far} */
    long checks() {
        return checks.get();
    }

    @Override
    public void close() {
        thread.close();
    }
}
