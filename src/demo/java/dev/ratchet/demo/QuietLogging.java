package dev.ratchet.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Keeps the account readable: a broker that comes and goes within seconds has much to say that is of no use here. */
final class QuietLogging {
    private static final Map<String, Level> LEVELS = Map.of(
            "kafka", Level.ERROR,
            "state.change.logger", Level.ERROR,
            "org.apache.kafka", Level.ERROR,
            "dev.ratchet", Level.WARN);

    private QuietLogging() {}

    static void please() {
        LEVELS.forEach((name, level) -> ((Logger) LoggerFactory.getLogger(name)).setLevel(level));
    }
}
