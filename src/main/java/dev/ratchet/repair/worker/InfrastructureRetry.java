package dev.ratchet.repair.worker;

import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.repair.Backoff;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does again what Kafka or the registry hinders, since brokers and registries come back. But not for ever. */
final class InfrastructureRetry {
    /** As long as the stream bears them, about; then a person is needed. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(InfrastructureRetry.class);

    private final Backoff backoff;
    private final ShutdownSignal stop;

    InfrastructureRetry(Backoff backoff, ShutdownSignal stop) {
        this.backoff = backoff;
        this.stop = stop;
    }

    /**
     * What the action gives in the end.
     *
     * @throws RuntimeException of the action, if another try would not help, or none has helped for too long
     * @throws ShutdownSignal.Stopped if told to end meanwhile
     */
    <T> T call(Supplier<T> action) {
        long start = System.nanoTime();
        for (int tries = 1; ; tries++) {
            try {
                return action.get();
            } catch (RetriableException | RegistryUnavailableException e) {
                if (System.nanoTime() - start > LONGEST.toNanos()) {
                    throw e;
                }
                if (tries == 1) {
                    LOG.warn("Expected Kafka and the schema registry to answer, and go on trying: {}", e.toString());
                }
            }
            stop.sleep(backoff.delay(tries));
        }
    }
}
