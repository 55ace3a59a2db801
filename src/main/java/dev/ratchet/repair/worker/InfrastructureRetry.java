package dev.ratchet.repair.worker;

import dev.ratchet.registry.RegistryUnavailableException;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retries Kafka and registry calls that fail with a retriable error, for up to 10 minutes. */
final class InfrastructureRetry {

    /** About as long as the stream retries; after that an operator is needed. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(InfrastructureRetry.class);

    private final IntervalFunction backoff;
    private final ShutdownSignal stop;
    private volatile long lastTry = System.nanoTime();

    InfrastructureRetry(IntervalFunction backoff, ShutdownSignal stop) {
        this.backoff = backoff;
        this.stop = stop;
    }

    /** How long ago the last try of any action began. Thread-safe. */
    Duration sinceLastTry() {
        return Duration.ofNanos(System.nanoTime() - lastTry);
    }

    /**
     * Runs the action until it succeeds.
     *
     * @throws RuntimeException of the action, if it is not retriable or the time is over
     * @throws org.apache.kafka.common.errors.WakeupException if shutdown is requested meanwhile
     */
    <T> T call(Supplier<T> action) {
        long start = System.nanoTime();
        for (int tries = 1; ; tries++) {
            lastTry = System.nanoTime();
            try {
                return action.get();
            } catch (RetriableException | RegistryUnavailableException e) {
                if (System.nanoTime() - start > LONGEST.toNanos()) {
                    throw e;
                }
                if (tries == 1) {
                    LOG.warn(
                            "RATCHET-2102 Kafka or the schema registry does not answer; the repair worker retries for up to"
                                    + " {} min. error={}",
                            LONGEST.toMinutes(),
                            e.toString());
                }
            }
            stop.sleep(backoff.apply(tries));
        }
    }
}
