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
 * Ends a stream that has work and makes no progress with it: a full disk, or a thread stuck in native code, raises no
 * exception. It never ends one whose brokers do not answer: that is waited for, and ending would not help.
 */
final class Watchdog implements AutoCloseable {
    /** What there is to do. */
    interface Work {
        /**
         * Everything there is to do, in words, and how far each has come.
         *
         * @throws ExecutionException if the brokers refuse to answer; as the others, nothing can be said then
         */
        Map<String, Object> now() throws ExecutionException, InterruptedException, TimeoutException;
    }

    /** A consumer that has not polled for so long is given up by its group too, with Kafka's default settings. */
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
     * @param onStall told once, after the report is logged
     */
    Watchdog(Duration limit, Work work, StallReport report, Consumer<Throwable> onStall) {
        this.limit = limit;
        this.work = work;
        this.report = report;
        this.onStall = onStall;
        this.detector = new StallDetector(limit);
    }

    /** How long it waits between two looks: a stall is noticed by so much later. */
    static Duration interval(Duration limit) {
        return limit.dividedBy(CHECKS_PER_LIMIT);
    }

    void start() {
        thread.every(interval(limit), () -> check(System.nanoTime()));
    }

    /** Survives whatever happens: an executor would drop the work without a word. */
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
            LOG.debug("The brokers do not answer; whether the stream is stalled cannot be told", brokers);
        } catch (RuntimeException | Error failed) {
            detector.reset();
            LOG.error("It could not be found out whether the stream is stalled; trying again", failed);
        }
        checks.incrementAndGet();
    }

    private void end(Map<String, Object> stalled) {
        try {
            LOG.error("{}", report.create(stalled, limit));
        } finally {
            onStall.accept(new StalledException("No progress for " + limit.toSeconds() + " s: " + stalled));
        }
    }

    /** {@return how often it has looked} */
    long checks() {
        return checks.get();
    }

    @Override
    public void close() {
        thread.close();
    }
}
