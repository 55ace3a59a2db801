package dev.ratchet.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.streams.StreamsConfig;

/** Settings that are fine each, and contradict each other or have no effect together. */
final class CrossSettingChecks {
    private static final String BASIC = SettingDefinitions.SERDE_PREFIX + "basic.auth.";
    private static final String BEARER = SettingDefinitions.SERDE_PREFIX + "bearer.auth.";
    private static final String MAX_REQUEST_SIZE = ProducerConfig.MAX_REQUEST_SIZE_CONFIG;

    /** After so long Conductor queues a task again that fell back to SCHEDULED. */
    private static final Duration LONGEST_SETTLE = Duration.ofSeconds(30);

    private final Map<String, SettingValue> given;
    private final Set<String> unresolved;
    private final List<String> mistakes = new ArrayList<>();

    private CrossSettingChecks(Map<String, SettingValue> given, Set<String> unresolved) {
        this.given = given;
        this.unresolved = unresolved;
    }

    /**
     * Looks at no value that its own check rejects.
     *
     * @param unresolved names of settings that already have an error, and are not among the given ones
     * @return what is wrong, for people
     */
    static List<String> mistakes(Map<String, SettingValue> given, Set<String> unresolved) {
        CrossSettingChecks checks = new CrossSettingChecks(given, unresolved);
        String noConductor = ": without it nothing is asked or repaired.";
        checks.checkThatItIsSet(ConductorSettings.URL, RepairSettings.MODE, "apply", noConductor);
        checks.checkThatItIsSet(ConductorSettings.URL, AuditSettings.MODE, "on", noConductor);
        checks.checkThatItIsSet(
                HttpSettings.TOKEN, WebhookSettings.MODE, "on", ": without a token anybody could post notifications.");
        checks.checkRegistryCredentials();
        checks.checkRequestSize();
        checks.checkSettleTime();
        List<String> topics = SettingDefinition.of(TopicSettings.class)
                .map(SettingDefinition::name)
                .toList();
        for (int i = 0; i < topics.size(); i++) {
            for (String earlier : topics.subList(0, i)) {
                checks.checkThatTheyDiffer(earlier, topics.get(i));
            }
        }
        return checks.mistakes;
    }

    /** {@return what is allowed and seldom meant, for people} */
    static Optional<String> warning(Map<String, SettingValue> given) {
        return duration(given, RepairSettings.SETTLE)
                .filter(longest -> longest.compareTo(LONGEST_SETTLE) > 0)
                .flatMap(longest -> Optional.ofNullable(given.get(RepairSettings.SETTLE)))
                .map(settle -> settle.mistake("Expected " + settle.name() + " to be at most " + LONGEST_SETTLE
                        + ", but got '" + settle.shown() + "'. Conductor executes a task that fell back to SCHEDULED"
                        + " a second time before it is repaired."));
    }

    private void checkThatItIsSet(String name, String cause, String value, String why) {
        SettingValue one = given.get(cause);
        SettingValue other = given.get(name);
        if (one != null
                && one.value().strip().equals(value)
                && !unresolved.contains(name)
                && (other == null || other.value().isBlank())) {
            mistakes.add(one.mistake(
                    "Expected " + name + " to be set, since " + cause + " is " + value + ", but it is not" + why));
        }
    }

    /** Each kind of credentials needs its source set, otherwise they are not sent. Third-party serdes may know more. */
    private void checkRegistryCredentials() {
        SettingValue token = given.get(BEARER + "token");
        if (token != null && !TextCheck.TOKEN.holds.test(token.value().strip())) {
            // It goes into an HTTP header, and would fail later, with a message that shows it
            mistakes.add(token.mistake("Expected " + token.name() + " to be " + TextCheck.TOKEN.expectation
                    + ", but it contains others."));
        } else if (!given.containsKey(RegistrySettings.SERIALIZER)
                && !given.containsKey(RegistrySettings.DESERIALIZER)) {
            checkSource(BASIC + "credentials.source", "USER_INFO", BASIC + "user.info");
            checkSource(BEARER + "credentials.source", "STATIC_TOKEN", BEARER + "token");
        }
    }

    private void checkSource(String source, String value, String secret) {
        checkThatItIsSet(secret, source, value, ".");
        SettingValue hidden = given.get(secret);
        SettingValue from = given.get(source);
        if (hidden != null
                && !unresolved.contains(source)
                && (from == null || !from.value().strip().equals(value))) {
            mistakes.add(hidden.mistake("Expected " + source + " to be " + value + ", since " + secret + " is set, but "
                    + (from == null ? "it is not set." : "got '" + from.value() + "'.")));
        }
    }

    /** The largest record must fit into a producer's request, as it does with Kafka's default. */
    private void checkRequestSize() {
        SettingValue size = given.getOrDefault(
                SettingDefinitions.KAFKA_PREFIX + StreamsConfig.producerPrefix(MAX_REQUEST_SIZE),
                given.get(SettingDefinitions.KAFKA_PREFIX + MAX_REQUEST_SIZE));
        Optional<Object> output = SettingDefinitions.value(given, RepairSettings.CAPTURE_BYTES);
        if (size == null || output.isEmpty() || !size.value().strip().matches("\\d{1,9}")) {
            return;
        }
        int min = (int) output.get() + RepairSettings.BESIDE_THE_OUTPUT;
        if (Integer.parseInt(size.value().strip()) < min) {
            mistakes.add(size.mistake("Expected " + size.name() + " to be at least " + min + ", which is "
                    + RepairSettings.CAPTURE_BYTES + " and " + RepairSettings.BESIDE_THE_OUTPUT
                    + " for the rest of a record, but got '" + size.shown() + "'."));
        }
    }

    private void checkSettleTime() {
        SettingValue settle = given.get(RepairSettings.SETTLE);
        Optional<Duration> longest = duration(given, RepairSettings.SETTLE);
        Optional<Duration> capture = duration(given, RepairSettings.CAPTURE);
        if (settle != null
                && longest.isPresent()
                && capture.isPresent()
                && longest.get().compareTo(capture.get()) >= 0) {
            mistakes.add(settle.mistake("Expected " + RepairSettings.SETTLE + " to be shorter than "
                    + RepairSettings.CAPTURE + ", which is " + capture.get() + ", but got '" + settle.shown()
                    + "': the output of a task would be gone before the task is repaired."));
        }
    }

    /** Kafka treats '.' and '_' as equal, because the names of its metrics do. */
    private void checkThatTheyDiffer(String first, String second) {
        String a = String.valueOf(SettingDefinitions.value(given, first).orElse(first));
        String b = String.valueOf(SettingDefinitions.value(given, second).orElse(second));
        SettingValue one = given.getOrDefault(second, given.get(first));
        if (one != null && Topic.hasCollision(a, b)) {
            mistakes.add(one.mistake("Expected " + first + " and " + second
                    + " to differ by more than '.' and '_', but got '" + a + "' and '" + b + "'."));
        }
    }

    private static Optional<Duration> duration(Map<String, SettingValue> given, String name) {
        return SettingDefinitions.value(given, name).map(Duration.class::cast);
    }
}
