package dev.ratchet.stream.runtime;

import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.topics.BrokerUnavailableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits at start for what may start at the same time: brokers, topics, schema registry. Does not wait for anything that
 * time does not repair, such as a rejected schema.
 */
final class StartupWait {
    private static final Logger LOG = LoggerFactory.getLogger(StartupWait.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Duration timeout;
    private final Consumer<String> onWait;
    private final long began = System.nanoTime();

    /**
     * @param timeout from now on, for all waits together
     * @param onWait takes what it waits for, after each try
     */
    StartupWait(Duration timeout, Consumer<String> onWait) {
        this.timeout = timeout;
        this.onWait = onWait;
    }

    /**
     * Retries until the call returns. {@return its result} After the timeout, throws what the call throws. Logs each
     * thing that it waits for once.
     */
    <T> T await(Supplier<T> start) {
        Set<String> logged = new HashSet<>();
        while (true) {
            try {
                return start.get();
            } catch (BrokerUnavailableException | TopicsNotReadyException | RegistryUnavailableException notYet) {
                if (!hasTimeLeft()) {
                    throw notYet;
                }
                if (logged.add(advice(notYet))) {
                    LOG.warn(
                            "RATCHET-1015 Ratchet waits up to {} s to start: {} error={}",
                            timeout.toSeconds(),
                            advice(notYet),
                            String.join(
                                    "; ",
                                    String.valueOf(notYet.getMessage()).lines().toList()));
                }
                onWait.accept(advice(notYet));
                pause();
            }
        }
    }

    private static String advice(RuntimeException notYet) {
        if (notYet instanceof BrokerUnavailableException) {
            return "no Kafka broker answers. Start Kafka, or correct kafka.bootstrap.servers.";
        }
        return notYet instanceof RegistryUnavailableException
                ? "the schema registry does not answer. Start it, or correct ratchet.schema.registry.url."
                : "the topics are not ready. Run 'ratchet topics apply'.";
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
