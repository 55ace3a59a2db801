package dev.ratchet.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The validated settings of one process, by {@link #load}. Immutable.
 *
 * @param given what was set, by name, with secrets
 * @param unusedEnvironment environment variables that start with RATCHET_ but are no settings, sorted
 */
public record Settings(
        ApplicationSettings application,
        SourceSettings source,
        ConductorSettings conductor,
        RepairSettings repair,
        AuditSettings audit,
        WatchSettings watch,
        TopicSettings topics,
        TopicCreationSettings topicCreation,
        RejectionSettings rejections,
        RegistrySettings registry,
        HttpSettings http,
        WebhookSettings intake,
        LogSettings log,
        SortedMap<String, SettingValue> given,
        List<String> unusedEnvironment) {
    /** Required by commands that connect to Kafka. */
    public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";

    /** Required by commands that read or write Avro. */
    public static final String SCHEMA_REGISTRY_URL = RegistrySettings.URL;

    /** Required by commands that call Conductor. */
    public static final String CONDUCTOR_URL = ConductorSettings.URL;

    private static final String SERVER = SettingDefinitions.KAFKA_PREFIX + StreamsConfig.APPLICATION_SERVER_CONFIG;

    static Settings of(SortedMap<String, SettingValue> given, List<String> unusedEnvironment) {
        return new Settings(
                SettingDefinitions.read(ApplicationSettings.class, given),
                SettingDefinitions.read(SourceSettings.class, given),
                SettingDefinitions.read(ConductorSettings.class, given),
                SettingDefinitions.read(RepairSettings.class, given),
                SettingDefinitions.read(AuditSettings.class, given),
                SettingDefinitions.read(WatchSettings.class, given),
                SettingDefinitions.read(TopicSettings.class, given),
                SettingDefinitions.read(TopicCreationSettings.class, given),
                SettingDefinitions.read(RejectionSettings.class, given),
                SettingDefinitions.read(RegistrySettings.class, given),
                SettingDefinitions.read(HttpSettings.class, given),
                SettingDefinitions.read(WebhookSettings.class, given),
                SettingDefinitions.read(LogSettings.class, given),
                Collections.unmodifiableSortedMap(new TreeMap<>(given)),
                List.copyOf(unusedEnvironment));
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
        return loading.check(environment.keySet().stream()
                .filter(EnvironmentVariables::isUnused)
                .sorted()
                .toList());
    }

    /**
     * Checks what only {@code run} needs: a registry that other processes can use, and a folder for the state, which it
     * creates.
     *
     * @throws InvalidSettingsException if the registry is an in-process mock, or the folder cannot be written
     */
    public Settings forRun() {
        SettingValue url = effective(SCHEMA_REGISTRY_URL);
        if (url.value().strip().startsWith("mock://")) {
            throw new InvalidSettingsException(url.mistake("Expected " + url.name() + " to be "
                    + TextCheck.WEB_ADDRESS.expectation + ", but got '" + url.shown()
                    + "': that registry exists only in this process, for tests; producers and consumers cannot reach"
                    + " it."));
        }
        Path folder = application.stateDirectory();
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "ratchet", ".tmp"));
        } catch (IOException e) {
            SettingValue state = effective(ApplicationSettings.STATE);
            throw new InvalidSettingsException(state.mistake("Expected " + state.name()
                    + " to be a folder that Ratchet can write to, but got '" + state.shown() + "': " + e + "."));
        }
        return this;
    }

    /** {@return the main settings with their origin, for the log; without secrets} */
    public String summary() {
        String main = Stream.of(
                        SourceSettings.KIND,
                        RepairSettings.MODE,
                        AuditSettings.MODE,
                        CONDUCTOR_URL,
                        SettingDefinitions.KAFKA_PREFIX + StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                        ApplicationSettings.STATE)
                .map(name -> effective(name).toString())
                .collect(Collectors.joining(", "));
        boolean isComplete = conductor.url().isPresent() || repair.mode() == RepairSettings.Mode.OFF;
        return isComplete ? main : main + ". Nothing is repaired, because " + CONDUCTOR_URL + " is not set";
    }

    /** {@return these settings, with the HOST:PORT at which other instances reach this one} */
    public Settings withInstanceAddress(String address) {
        SortedMap<String, SettingValue> all = new TreeMap<>(given);
        all.put(SERVER, new SettingValue(SERVER, address, "HTTP server"));
        return of(all, unusedEnvironment);
    }

    /** Whether Ratchet calls Conductor: its URL is set, and repairs or audits are on. */
    public boolean asksConductor() {
        return conductor.url().isPresent() && (repair.mode() != RepairSettings.Mode.OFF || audit.on());
    }

    /** How many audits all instances together request from Conductor per second, at most. */
    public int auditsPerSecond() {
        return Math.min(audit().perSecond(), conductor().requestsPerSecond());
    }

    /** Whether Ratchet reads results: while repairs and audits are off, too, as earlier ones may still get some. */
    public boolean readsAnswers() {
        return conductor.url().isPresent();
    }

    /** Settings for Kafka Streams and clients, by Kafka's names. As given, unchecked, with secrets. */
    public Map<String, Object> kafka() {
        return Collections.unmodifiableMap(values(SettingDefinitions.KAFKA_PREFIX));
    }

    /** Settings for the Avro serdes, with the registry's address and the serdes' classes. As given, unchecked, with secrets. */
    public Map<String, Object> serde() {
        Map<String, Object> serde = values(SettingDefinitions.SERDE_PREFIX);
        registry.url().ifPresent(url -> serde.put("schema.registry.url", url));
        serde.putAll(Map.of("value.serializer", registry.serializer(), "value.deserializer", registry.deserializer()));
        return Collections.unmodifiableMap(serde);
    }

    /** {@return messages about what is allowed, but is probably a mistake} */
    public List<String> warnings() {
        Stream<String> unused = unusedEnvironment.stream()
                .map(name ->
                        "Expected environment variable " + name + " to be that of a setting, but it sets nothing.");
        return Stream.of(unused, unknownToKafka(), CrossSettingChecks.warning(given).stream())
                .flatMap(messages -> messages)
                .toList();
    }

    private Stream<String> unknownToKafka() {
        return given.values().stream()
                .filter(one -> one.name().startsWith(SettingDefinitions.KAFKA_PREFIX))
                .filter(one -> !KafkaSettingNames.knows(KafkaSettingNames.bare(one.name())))
                .map(one -> one.mistake("Expected " + one.name() + " to be a setting that Kafka knows, but it is not"
                        + NameSuggestion.hint(one.name())
                        + " It has no effect, unless a plug-in reads it."));
    }

    /** All effective settings as {@code NAME=VALUE (ORIGIN)}: Ratchet's own in the order of the reference, then others. */
    public List<String> effective() {
        return Stream.concat(SettingDefinitions.ALL.keySet().stream(), given.keySet().stream())
                .distinct()
                .map(name -> effective(name).toString())
                .toList();
    }

    private SettingValue effective(String name) {
        String defaultValue = SettingDefinitions.defaultValue(name);
        return given.getOrDefault(
                name, new SettingValue(name, defaultValue, defaultValue.isEmpty() ? "not set" : "default"));
    }

    private Map<String, Object> values(String prefix) {
        Map<String, Object> values = new TreeMap<>();
        given.values().stream()
                .filter(one -> one.name().startsWith(prefix))
                .forEach(one -> values.put(one.name().substring(prefix.length()), one.value()));
        return values;
    }

    @Override
    public String toString() {
        return "Settings" + given.values();
    }
}
