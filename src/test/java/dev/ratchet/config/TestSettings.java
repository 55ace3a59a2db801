package dev.ratchet.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shorthand for loading settings in tests. */
final class TestSettings {
    private TestSettings() {}

    static Settings overrides(Map<String, String> overrides) {
        return Settings.load(Optional.empty(), Map.of(), overrides);
    }

    static Settings environment(Map<String, String> environment) {
        return Settings.load(Optional.empty(), environment, Map.of());
    }

    static Settings file(Path file) {
        return Settings.load(Optional.of(file), Map.of(), Map.of());
    }

    /** What is wrong with this one override. */
    static List<String> mistakes(String name, String value) {
        return mistakes(() -> overrides(Map.of(name, value)));
    }

    static List<String> mistakes(Runnable loading) {
        var e = catchThrowableOfType(InvalidSettingsException.class, loading::run);
        return e == null ? List.of() : e.mistakes();
    }
}
