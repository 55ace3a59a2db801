package dev.ratchet.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Levels of the loggers of this process, which can be changed while it runs. Thread-safe. */
public final class LogLevels {
    /** The allowed levels, the most detailed first. */
    public static final List<String> NAMES = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LogLevels.class);

    /**
     * The level of one logger.
     *
     * @param configured empty: it has the level of its parent
     * @param effective what it logs, with its parents' levels
     */
    public record LogLevel(Optional<String> configured, String effective) {}

    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();

    /** Levels from before the first change, by name. Limited, since only loggers that exist can be changed. */
    private final Map<String, Optional<Level>> original = new ConcurrentHashMap<>();

    /** {@return all loggers by name; the root of all is {@code ROOT}} */
    public SortedMap<String, LogLevel> all() {
        SortedMap<String, LogLevel> all = new TreeMap<>();
        loggers.getLoggerList().forEach(logger -> all.put(logger.getName(), level(logger)));
        return all;
    }

    /** {@return the level of a logger; empty if there is no logger of this name, because its class was not used yet} */
    public Optional<LogLevel> of(String name) {
        return Optional.ofNullable(loggers.exists(name)).map(LogLevels::level);
    }

    /**
     * Changes the level of a logger and of those below it that have none of their own, until the process ends.
     *
     * @param level one of {@link #NAMES} in any case; null: the level from before the first change
     * @throws IllegalArgumentException if there is no such level, or no such logger
     */
    public void set(String name, @Nullable String level) {
        Logger logger = loggers.exists(name);
        if (logger == null) {
            throw new IllegalArgumentException("Expected a logger that exists, but got '" + name + "'");
        }
        Optional<Level> wanted = Optional.ofNullable(level).map(LogLevels::parse);
        Optional<Level> before = original.computeIfAbsent(name, first -> Optional.ofNullable(logger.getLevel()));
        logger.setLevel(wanted.or(() -> before).orElse(null));
        LOG.info("The log level of {} is now {}", name, logger.getEffectiveLevel());
    }

    private static Level parse(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (!NAMES.contains(upper)) {
            throw new IllegalArgumentException(
                    "Expected level to be one of " + String.join(", ", NAMES) + " or null, but got '" + name + "'");
        }
        return Level.valueOf(upper);
    }

    private static LogLevel level(Logger logger) {
        return new LogLevel(
                Optional.ofNullable(logger.getLevel()).map(Level::toString),
                logger.getEffectiveLevel().toString());
    }
}
