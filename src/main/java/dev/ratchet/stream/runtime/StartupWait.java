package dev.ratchet.stream.runtime;

import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.topics.BrokerUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits at start for what Ratchet needs and what may start at the same time: brokers, topics, schema registry. What a wait
 * cannot mend, such as a schema that is refused, is not waited for.
 */
final class StartupWait {
    private static final Logger LOG = LoggerFactory.getLogger(StartupWait.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Duration timeout;
    private final long began = System.nanoTime();

    /** @param timeout counted from now, for all together */
    StartupWait(Duration timeout) {
        this.timeout = timeout;
    }

    /** {@return what it gives in the end} Throws what it throws when the time is up. Says once what is waited for. */
    <T> T await(Supplier<T> start) {
        boolean hasLogged = false;
        while (true) {
            try {
                return start.get();
            } catch (BrokerUnavailableException | TopicsNotReadyException | RegistryUnavailableException notYet) {
                if (!hasTimeLeft()) {
                    throw notYet;
                }
                if (!hasLogged) {
                    LOG.warn("Waiting up to {} s before it starts. {}", timeout.toSeconds(), notYet.getMessage());
                    hasLogged = true;
                }
                pause();
            }
        }
    }

    private boolean hasTimeLeft() {
        return System.nanoTime() - began + PAUSE.toNanos() <= timeout.toNanos();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
