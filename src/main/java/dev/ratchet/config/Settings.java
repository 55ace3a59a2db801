package dev.ratchet.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;

/** The validated settings of one process. Immutable. */
public final class Settings {
    /** Required by commands that connect to Kafka. */
    public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";

    /** Required by commands that read or write Avro. */
    public static final String SCHEMA_REGISTRY_URL = RegistrySettings.URL;

    /** Required by commands that call Conductor. */
    public static final String CONDUCTOR_URL = ConductorSettings.URL;

    private final SortedMap<String, SettingValue> given;
    private final List<String> unusedEnvironment;
    private final AbstractConfig own;

    Settings(SortedMap<String, SettingValue> given, List<String> unusedEnvironment) {
        this.given = Collections.unmodifiableSortedMap(new TreeMap<>(given));
        this.unusedEnvironment = List.copyOf(unusedEnvironment);
        this.own = new AbstractConfig(SettingDefinitions.DEFINITION, values(""), false);
    }

    /**
     * Reads the settings. Overrides win over the environment, which wins over the file.
     *
     * @param file Java properties in UTF-8
     * @param environment of the process; other variables are ignored
     * @param overrides from {@code --set}, by the names used in the file
     * @param required settings that must be set, e.g. {@link #BOOTSTRAP_SERVERS}
     * @throws InvalidSettingsException with all errors; for an unreadable file, with that error only
     */
    public static Settings load(
            Optional<Path> file, Map<String, String> environment, Map<String, String> overrides, String... required) {
        SettingsLoader loading = new SettingsLoader();
        loading.add(file.stream().flatMap(path -> PropertiesFile.read(path).stream()));
        loading.add(EnvironmentVariables.read(environment));
        loading.add(overrides.entrySet().stream().map(set -> new SettingValue(set.getKey(), set.getValue(), "--set")));
        loading.require(required);
        loading.resolve(environment);
        loading.check();
        return loading.finish(environment.keySet().stream()
                .filter(EnvironmentVariables::isUnused)
                .sorted()
                .toList());
    }

    /**
     * Checks that other processes can use the registry.
     *
     * @throws InvalidSettingsException if the registry is an in-process mock
     */
    public Settings withSharedRegistry() {
        SettingValue url = given.get(RegistrySettings.URL);
        if (url != null && url.value().strip().startsWith("mock://")) {
            throw new InvalidSettingsException(
                    List.of(
                            url.mistake(
                                    "Expected " + RegistrySettings.URL
                                            + " to be http(s)://HOST[:PORT][/PATH], but got '" + url.shown()
                                            + "': that registry exists only in this process, for tests; producers and consumers cannot reach it.")));
        }
        return this;
    }

    public ApplicationSettings application() {
        return ApplicationSettings.from(own);
    }

    public SourceSettings source() {
        return SourceSettings.from(own);
    }

    public ConductorSettings conductor() {
        return ConductorSettings.from(own);
    }

    public RepairSettings repair() {
        return RepairSettings.from(own);
    }

    public AuditSettings audit() {
        return AuditSettings.from(own);
    }

    public WatchSettings watch() {
        return WatchSettings.from(own);
    }

    /** Whether Ratchet calls Conductor: its URL is set, and repairs or audits are on. */
    public boolean asksConductor() {
        return conductor().url().isPresent() && (repair().mode() != RepairSettings.Mode.OFF || audit().on());
    }

    /** How many audits all instances together request from Conductor per second, at most. */
    public int auditsPerSecond() {
        return Math.min(audit().perSecond(), conductor().requestsPerSecond());
    }

    /** Whether Ratchet reads results: while repairs and audits are off, too, as earlier ones may still get some. */
    public boolean readsAnswers() {
        return conductor().url().isPresent();
    }

    public TopicSettings topics() {
        return TopicSettings.from(own);
    }

    public TopicCreationSettings topicCreation() {
        return TopicCreationSettings.from(own);
    }

    public RejectionSettings rejections() {
        return RejectionSettings.from(own);
    }

    public RegistrySettings registry() {
        return RegistrySettings.from(own);
    }

    public HttpSettings http() {
        return HttpSettings.from(own);
    }

    public WebhookSettings intake() {
        return WebhookSettings.from(own);
    }

    /** Settings for Kafka Streams and clients, by Kafka's names. As given, unchecked, with secrets. */
    public Map<String, Object> kafka() {
        return Collections.unmodifiableMap(values(SettingDefinitions.KAFKA_PREFIX));
    }

    /** Settings for the Avro serdes, with the registry's address and the serdes' classes. As given, unchecked, with secrets. */
    public Map<String, Object> serde() {
        Map<String, Object> serde = values(SettingDefinitions.SERDE_PREFIX);
        RegistrySettings registry = registry();
        registry.url().ifPresent(url -> serde.put(SettingDefinitions.SERDE_REGISTRY_URL, url));
        serde.put(SettingDefinitions.SERDE_SERIALIZER, registry.serializer());
        serde.put(SettingDefinitions.SERDE_DESERIALIZER, registry.deserializer());
        return Collections.unmodifiableMap(serde);
    }

    /** Environment variables that start with RATCHET_ but are no settings, sorted: one may be a typo. */
    public List<String> unusedEnvironment() {
        return unusedEnvironment;
    }

    /** {@return messages about settings that are allowed, but are probably a mistake} */
    public List<String> warnings() {
        return Stream.concat(unknownToKafka(), Contradictions.warnings(given).stream())
                .toList();
    }

    private Stream<String> unknownToKafka() {
        return given.values().stream()
                .filter(one -> one.name().startsWith(SettingDefinitions.KAFKA_PREFIX))
                .filter(one -> !KafkaSettingNames.knows(one.name().substring(SettingDefinitions.KAFKA_PREFIX.length())))
                .map(one -> one.mistake("Expected " + one.name() + " to be a setting that Kafka knows, but it is not"
                        + Suggestion.hint(one.name())
                        + " It has no effect, unless a plug-in reads it."));
    }

    /** All effective settings with their origin: Ratchet's own in the order of the reference, then those passed through. */
    public List<ResolvedSetting> effective() {
        Stream<ResolvedSetting> own =
                SettingDefinitions.all().stream().map(key -> ResolvedSetting.of(key, given.get(key.name)));
        Stream<ResolvedSetting> others = given.values().stream()
                .filter(one -> !SettingDefinitions.DEFINITION.names().contains(one.name()))
                .map(one -> new ResolvedSetting(one.name(), one.shown(), one.origin()));
        return Stream.concat(own, others).toList();
    }

    /** The settings with that prefix, by the rest of their names. */
    private Map<String, Object> values(String prefix) {
        Map<String, Object> values = new TreeMap<>();
        given.forEach((name, one) -> {
            if (name.startsWith(prefix)) {
                values.put(name.substring(prefix.length()), one.value());
            }
        });
        return values;
    }

    @Override
    public String toString() {
        return "Settings" + given.values();
    }
}
