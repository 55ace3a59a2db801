package dev.ratchet.topics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Suppresses the logging of Kafka's clients until closed: they log each try of what they then throw. */
final class QuietKafkaLogging implements AutoCloseable {
    private final @Nullable Logger logger =
            LoggerFactory.getLogger("org.apache.kafka") instanceof Logger logback ? logback : null;
    private final @Nullable Level before = logger == null ? null : logger.getLevel();

    QuietKafkaLogging() {
        if (logger != null) {
            logger.setLevel(Level.OFF);
        }
    }

    @Override
    public void close() {
        if (logger != null) {
            logger.setLevel(before);
        }
    }
}
