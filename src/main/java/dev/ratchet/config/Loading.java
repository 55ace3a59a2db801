package dev.ratchet.config;

import java.util.ArrayList;
import java.util.Comparator;
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

/** Settings on their way in. Collects mistakes and goes on, so that all of them can be told at once. */
final class Loading {
    private final SortedMap<String, Given> given = new TreeMap<>();
    private final List<String> mistakes = new ArrayList<>();
    private final Set<String> unresolved = new HashSet<>();

    /** Lays these over what is there. */
    void add(Stream<Given> layer) {
        layer.sorted(Comparator.comparing(Given::name)).forEach(one -> {
            if (Declared.knows(one.name())) {
                given.put(one.name(), one);
            } else {
                mistakes.add(
                        one.mistake("Expected a known setting, but got " + one.name() + Suggestion.hint(one.name())));
            }
        });
    }

    void require(String... names) {
        for (String name : names) {
            Given one = given.get(name);
            if (one == null || one.value().isBlank()) {
                mistakes.add("Expected " + name + " to be set, in the file, as environment variable "
                        + Environment.variable(name) + " or with --set, but it is not.");
            }
        }
    }

    /** Puts values in the place of references to them. */
    void resolve(Map<String, String> environment) {
        References references = new References(environment, providersOfKafka());
        for (Given one : List.copyOf(given.values())) {
            try {
                given.put(one.name(), references.resolve(one));
            } catch (References.Unresolved e) {
                mistakes.add(e.getMessage());
                unresolved.add(one.name());
                given.remove(one.name()); // or the reference itself would be taken for a second mistake
            }
        }
    }

    private Set<String> providersOfKafka() {
        Given providers = given.get(Declared.KAFKA_PREFIX + AbstractConfig.CONFIG_PROVIDERS_CONFIG);
        return providers == null
                ? Set.of()
                : Set.copyOf(List.of(providers.value().strip().split("\\s*,\\s*")));
    }

    /** Checks each of our own by its declaration, and the names of the topics against each other. */
    void check() {
        for (ConfigKey key : Declared.all()) {
            Given one = given.get(key.name);
            if (one != null && !Declared.accepts(key, one.value())) {
                mistakes.add(one.mistake(
                        "Expected " + key.name + " to be " + key.validator + ", but got '" + one.shown() + "'."));
            }
        }
        SetByRatchet.NAMES.forEach(this::checkThatItIsNotSet);
        given.values().forEach(one -> KafkaValues.mistake(one).ifPresent(mistakes::add));
        checkGuarantee();
        checkToken();
        checkRegistryToken();
        RecordSize.mistake(given).ifPresent(mistakes::add);
        for (int i = 0; i < Topics.NAMES.size(); i++) {
            for (String earlier : Topics.NAMES.subList(0, i)) {
                checkThatTheyDiffer(earlier, Topics.NAMES.get(i));
            }
        }
    }

    private void checkThatItIsNotSet(String kafkasName, String instead) {
        Given one = given.get(Declared.KAFKA_PREFIX + kafkasName);
        if (one != null) {
            mistakes.add(one.mistake(
                    "Expected " + one.name() + " not to be set, but got '" + one.shown() + "': " + instead + "."));
        }
    }

    private void checkToken() {
        Given mode = given.get(Intake.MODE);
        if (mode != null && mode.value().strip().equals("on") && !given.containsKey(Http.TOKEN)) {
            mistakes.add(mode.mistake("Expected " + Http.TOKEN + " to be set, since " + Intake.MODE
                    + " is on, but it is not: a webhook that anybody may post to would take anybody's word."));
        }
    }

    /** It goes into an HTTP header; what cannot would be found out later, in a message that shows it. */
    private void checkRegistryToken() {
        Given token = given.get(RegistryCredentials.TOKEN);
        if (token != null && !Checks.TOKEN.holds().test(token.value().strip())) {
            mistakes.add(token.mistake(
                    "Expected " + RegistryCredentials.TOKEN + " to be " + Checks.TOKEN + ", but it holds others."));
            return;
        }
        RegistryCredentials.mistakes(given, unresolved).forEach(mistakes::add);
    }

    private void checkGuarantee() {
        Given one = given.get(Declared.KAFKA_PREFIX + StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
        if (one != null && !one.value().strip().equals(SetByRatchet.GUARANTEE)) {
            mistakes.add(one.mistake("Expected " + one.name() + " to be " + SetByRatchet.GUARANTEE + ", but got '"
                    + one.shown() + "': after a failure changes could come twice, or not at all."));
        }
    }

    /** Kafka takes '.' and '_' for the same, since the names of its metrics do not tell them apart. */
    private void checkThatTheyDiffer(String first, String second) {
        String a = topic(first);
        String b = topic(second);
        Given one = given.getOrDefault(second, given.get(first));
        if (one != null && Topic.hasCollision(a, b)) {
            mistakes.add(one.mistake("Expected " + first + " and " + second
                    + " to differ by more than '.' and '_', but got '" + a + "' and '" + b + "'."));
        }
    }

    private String topic(String name) {
        Given one = given.get(name);
        return one == null
                ? String.valueOf(Declared.DEFINITION.defaultValues().get(name))
                : one.value().strip();
    }

    /** @throws InvalidSettingsException if there was any mistake */
    Settings finish(List<String> unusedEnvironment) {
        if (!mistakes.isEmpty()) {
            throw new InvalidSettingsException(mistakes);
        }
        return new Settings(given, unusedEnvironment);
    }
}
