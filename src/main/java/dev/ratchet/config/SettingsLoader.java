package dev.ratchet.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;

/** Loads settings. Collects all errors, so that they are reported at once. */
final class SettingsLoader {
    private final SortedMap<String, SettingValue> given = new TreeMap<>();
    private final List<String> mistakes = new ArrayList<>();
    private final Set<String> unresolved = new HashSet<>();

    /** Adds settings, which replace earlier ones. One source sets each name once. */
    void add(Stream<SettingValue> layer) {
        Map<String, SettingValue> before = new HashMap<>();
        layer.sorted(Comparator.comparing(SettingValue::name)).forEach(one -> {
            SettingValue earlier = before.putIfAbsent(one.name(), one);
            if (earlier != null) {
                mistakes.add(one.mistake(
                        "Expected " + one.name() + " to be set once, but " + earlier.origin() + " sets it, too."));
            } else if (SettingDefinitions.knows(one.name())) {
                given.put(one.name(), one);
            } else {
                mistakes.add(one.mistake(
                        "Expected a known setting, but got " + one.name() + NameSuggestion.hint(one.name())));
            }
        });
    }

    void require(String... names) {
        for (String name : names) {
            SettingValue one = given.get(name);
            if (one == null || one.value().isBlank()) {
                mistakes.add("Expected " + name + " to be set, in the file, as environment variable "
                        + EnvironmentVariables.variable(name) + " or with --set, but it is not.");
            }
        }
    }

    void resolve(Map<String, String> environment) {
        ReferenceResolver references = new ReferenceResolver(environment, providersOfKafka());
        for (SettingValue one : List.copyOf(given.values())) {
            try {
                given.put(one.name(), references.resolve(one));
            } catch (InvalidSettingsException e) {
                mistakes.addAll(e.mistakes());
                unresolved.add(one.name());
                given.remove(one.name()); // otherwise the reference itself would be a second error
            }
        }
    }

    private Set<String> providersOfKafka() {
        SettingValue providers = given.get(SettingDefinitions.KAFKA_PREFIX + AbstractConfig.CONFIG_PROVIDERS_CONFIG);
        return providers == null
                ? Set.of()
                : Set.copyOf(List.of(providers.value().strip().split("\\s*,\\s*")));
    }

    /**
     * Checks each setting by its declaration, and the settings against each other.
     *
     * @throws InvalidSettingsException if there is any error, also one of before
     */
    Settings check(List<String> unusedEnvironment) {
        SettingDefinitions.ALL.forEach((name, definition) -> {
            SettingValue one = given.get(name);
            if (one != null && definition.parse(one.value()).isEmpty()) {
                mistakes.add(one.mistake("Expected " + name + " to be " + definition.expectation() + ", but got '"
                        + one.shown() + "'."));
            }
        });
        given.values().forEach(one -> KafkaSettingValidator.mistake(one).ifPresent(mistakes::add));
        mistakes.addAll(CrossSettingChecks.mistakes(given, unresolved));
        if (!mistakes.isEmpty()) {
            throw new InvalidSettingsException(mistakes);
        }
        return Settings.of(given, unusedEnvironment);
    }
}
