package dev.ratchet.stream.runtime;

import dev.ratchet.stream.progress.PeriodicTask;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
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
final class Watchdog extends PeriodicTask {
    /** With Kafka's default settings, the group removes a consumer that has not polled for this long. */
    static final Duration LIMIT = Duration.ofMinutes(5);

    private static final int CHECKS_PER_LIMIT = 20;
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final Duration limit;
    private final Callable<Map<String, Object>> work;
    private final StallReport report;
    private final Consumer<Throwable> onStall;
    private final StallDetector detector;
    private final AtomicLong checks = new AtomicLong();

    private boolean hasEnded;

    /**
     * @param limit how long work may make no progress
     * @param work returns a description of each piece of work, and its progress. Throws an {@link ExecutionException} or
     *     a {@link TimeoutException} if the brokers do not answer, which leaves the progress unknown
     * @param onStall called once, after the report is logged
     */
    Watchdog(Duration limit, Callable<Map<String, Object>> work, StallReport report, Consumer<Throwable> onStall) {
        super("ratchet-watchdog", interval(limit));
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

    @Override
    protected void poll() {
        check(System.nanoTime());
    }

    void check(long nanos) {
        try {
            Map<String, Object> stalled = detector.findStalled(work.call(), nanos);
            if (!stalled.isEmpty() && !hasEnded) {
                hasEnded = true;
                end(stalled);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException brokers) {
            detector.reset();
            LOG.debug("The brokers do not answer; cannot check whether the stream is stalled", brokers);
        } catch (Exception | Error failed) {
            detector.reset();
            LOG.error("RATCHET-1010 Cannot check whether the stream is stalled; trying again", failed);
        }
        checks.incrementAndGet();
    }

    private void end(Map<String, Object> stalled) {
        try {
            LOG.error("RATCHET-1009 {}", report.create(stalled, limit));
        } finally {
            onStall.accept(new IllegalStateException("No progress for " + limit.toSeconds() + " s: " + stalled));
        }
    }

    /** {@return the number of checks so far} */
    long checks() {
        return checks.get();
    }
}
