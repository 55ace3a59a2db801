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
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.streams.StreamsConfig;

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
                mistakes.add(
                        one.mistake("Expected a known setting, but got " + one.name() + Suggestion.hint(one.name())));
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

    /** Replaces references with their values. */
    void resolve(Map<String, String> environment) {
        ReferenceResolver references = new ReferenceResolver(environment, providersOfKafka());
        for (SettingValue one : List.copyOf(given.values())) {
            try {
                given.put(one.name(), references.resolve(one));
            } catch (ReferenceResolver.Unresolved e) {
                mistakes.add(e.getMessage());
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

    /** Checks each setting by its declaration, and the settings against each other. */
    void check() {
        for (ConfigKey key : SettingDefinitions.all()) {
            SettingValue one = given.get(key.name);
            if (one != null && !SettingDefinitions.accepts(key, one.value())) {
                mistakes.add(one.mistake(
                        "Expected " + key.name + " to be " + key.validator + ", but got '" + one.shown() + "'."));
            }
        }
        ReservedKafkaSettings.NAMES.forEach(this::checkThatItIsNotSet);
        given.values().forEach(one -> KafkaSettingValidator.mistake(one).ifPresent(mistakes::add));
        checkGuarantee();
        checkToken();
        checkRegistryToken();
        RecordSizeValidator.mistake(given).ifPresent(mistakes::add);
        mistakes.addAll(Contradictions.mistakes(given));
        for (int i = 0; i < TopicSettings.NAMES.size(); i++) {
            for (String earlier : TopicSettings.NAMES.subList(0, i)) {
                checkThatTheyDiffer(earlier, TopicSettings.NAMES.get(i));
            }
        }
    }

    private void checkThatItIsNotSet(String kafkasName, String instead) {
        SettingValue one = given.get(SettingDefinitions.KAFKA_PREFIX + kafkasName);
        if (one != null) {
            mistakes.add(one.mistake(
                    "Expected " + one.name() + " not to be set, but got '" + one.shown() + "': " + instead + "."));
        }
    }

    private void checkToken() {
        SettingValue mode = given.get(WebhookSettings.MODE);
        if (mode != null && mode.value().strip().equals("on") && !given.containsKey(HttpSettings.TOKEN)) {
            mistakes.add(mode.mistake("Expected " + HttpSettings.TOKEN + " to be set, since " + WebhookSettings.MODE
                    + " is on, but it is not: without a token anybody could post notifications."));
        }
    }

    /** The token goes into an HTTP header. An invalid one would fail later, with a message that shows it. */
    private void checkRegistryToken() {
        SettingValue token = given.get(RegistryCredentialsValidator.TOKEN);
        if (token != null && !Validators.TOKEN.holds().test(token.value().strip())) {
            mistakes.add(token.mistake("Expected " + RegistryCredentialsValidator.TOKEN + " to be " + Validators.TOKEN
                    + ", but it contains others."));
            return;
        }
        RegistryCredentialsValidator.mistakes(given, unresolved).forEach(mistakes::add);
    }

    private void checkGuarantee() {
        SettingValue one = given.get(SettingDefinitions.KAFKA_PREFIX + StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
        if (one != null && !one.value().strip().equals(ReservedKafkaSettings.GUARANTEE)) {
            mistakes.add(
                    one.mistake("Expected " + one.name() + " to be " + ReservedKafkaSettings.GUARANTEE + ", but got '"
                            + one.shown() + "': after a failure changes could be published twice, or not at all."));
        }
    }

    /** Kafka treats '.' and '_' as equal, because the names of its metrics do. */
    private void checkThatTheyDiffer(String first, String second) {
        String a = SettingDefinitions.value(given, first);
        String b = SettingDefinitions.value(given, second);
        SettingValue one = given.getOrDefault(second, given.get(first));
        if (one != null && Topic.hasCollision(a, b)) {
            mistakes.add(one.mistake("Expected " + first + " and " + second
                    + " to differ by more than '.' and '_', but got '" + a + "' and '" + b + "'."));
        }
    }

    /** @throws InvalidSettingsException if there is any error */
    Settings finish(List<String> unusedEnvironment) {
        if (!mistakes.isEmpty()) {
            throw new InvalidSettingsException(mistakes);
        }
        return new Settings(given, unusedEnvironment);
    }
}
