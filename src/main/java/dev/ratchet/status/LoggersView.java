package dev.ratchet.status;

import dev.ratchet.http.Meaning;
import dev.ratchet.log.LogLevels;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The loggers of this process, in the form of Spring Boot's actuator. */
@Meaning("The loggers of this instance.")
record LoggersView(
        @Meaning("The allowed levels, the most detailed first.")
        List<String> levels,

        @Meaning("The loggers by name; the root of all is ROOT.")
        Map<String, LoggerView> loggers) {

    @Meaning("The level of a logger.")
    record LoggerView(
            @Meaning("Its own level; null: that of its parent.") @Nullable
            String configuredLevel,

            @Meaning("What it logs, with its parents' levels.")
            String effectiveLevel) {

        static LoggerView of(LogLevels.LogLevel level) {
            return new LoggerView(level.configured().orElse(null), level.effective());
        }
    }

    static LoggersView of(LogLevels levels) {
        Map<String, LoggerView> all = new TreeMap<>();
        levels.all().forEach((name, level) -> all.put(name, LoggerView.of(level)));
        return new LoggersView(LogLevels.NAMES, all);
    }
}
