package dev.ratchet.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Keeps the report readable: a broker that runs for some seconds logs much that is of no use here. */
final class QuietLogging {
    private static final Map<String, Level> LEVELS = Map.of(
            "kafka", Level.ERROR,
            "state.change.logger", Level.ERROR,
            "org.apache.kafka", Level.ERROR,
            "dev.ratchet", Level.WARN);

    private QuietLogging() {}

    static void apply() {
        LEVELS.forEach((name, level) -> ((Logger) LoggerFactory.getLogger(name)).setLevel(level));
    }
}
