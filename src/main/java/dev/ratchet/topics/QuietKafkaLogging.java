package dev.ratchet.topics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps Kafka's clients from logging each try of what they then throw, and so is told in one line; until closed. */
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
