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

/** The settings of one process, checked. Immutable. */
public final class Settings {
    /** Needed by whatever speaks to Kafka. */
    public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";

    /** Needed by whatever reads or writes Avro. */
    public static final String SCHEMA_REGISTRY_URL = RegistrySettings.URL;

    /** Needed by whatever cannot do without Conductor. */
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
     * Reads the settings. What is set later wins: first the file, then the environment, then the overrides.
     *
     * @param file Java properties in UTF-8
     * @param environment of the process; variables that are none of ours are left alone
     * @param overrides from {@code --set}, by the names used in the file
     * @param required what the caller cannot do without, e.g. {@link #BOOTSTRAP_SERVERS}
     * @throws InvalidSettingsException naming all mistakes; a file that cannot be read is named alone
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
     * These settings, for a program that others share a registry with.
     *
     * @throws InvalidSettingsException if the registry is one within this process
     */
    public Settings withSharedRegistry() {
        SettingValue url = given.get(RegistrySettings.URL);
        if (url != null && url.value().strip().startsWith("mock://")) {
            throw new InvalidSettingsException(List.of(url.mistake("Expected " + RegistrySettings.URL
                    + " to be http(s)://HOST[:PORT][/PATH], but got '" + url.shown()
                    + "': that is a registry within this process, for tests, which no producer or consumer can ask.")));
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

    /** Whether Conductor is asked anything: it is known where it is, and there is something to be repaired or audited. */
    public boolean asksConductor() {
        return conductor().url().isPresent() && (repair().mode() != RepairSettings.Mode.OFF || audit().on());
    }

    /** Whether answers of Conductor's are read: {@code ratchet audit} posts some where nothing else asks, too. */
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

    /** For Kafka Streams and clients, by Kafka's names. As given, unchecked, secrets in clear. */
    public Map<String, Object> kafka() {
        return Collections.unmodifiableMap(values(SettingDefinitions.KAFKA_PREFIX));
    }

    /** For the Avro serdes, by their names, with the registry's address and the serdes' classes. As given, unchecked, secrets in clear. */
    public Map<String, Object> serde() {
        Map<String, Object> serde = values(SettingDefinitions.SERDE_PREFIX);
        RegistrySettings registry = registry();
        registry.url().ifPresent(url -> serde.put(SettingDefinitions.SERDE_REGISTRY_URL, url));
        serde.put(SettingDefinitions.SERDE_SERIALIZER, registry.serializer());
        serde.put(SettingDefinitions.SERDE_DESERIALIZER, registry.deserializer());
        return Collections.unmodifiableMap(serde);
    }

    /** Environment variables that look like ours and set nothing: worth a warning, as one may be a slip. Sorted. */
    public List<String> unusedEnvironment() {
        return unusedEnvironment;
    }

    /** {@return what is allowed and seldom meant, for people} Kafka's unknown names are a slip, or for a plug-in. */
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

    /** What holds, and since when: Ratchet's own settings in the order of the reference, then those passed through. */
    public List<ResolvedSetting> effective() {
        Stream<ResolvedSetting> own =
                SettingDefinitions.all().stream().map(key -> ResolvedSetting.of(key, given.get(key.name)));
        Stream<ResolvedSetting> others = given.values().stream()
                .filter(one -> !SettingDefinitions.DEFINITION.names().contains(one.name()))
                .map(one -> new ResolvedSetting(one.name(), one.shown(), one.origin()));
        return Stream.concat(own, others).toList();
    }

    /** By what follows the prefix. */
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
