package dev.ratchet.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/** Replaces {@code ${env:NAME}} and {@code ${file:PATH:KEY}} in values, with Kafka's config providers. */
final class ReferenceResolver {
    private static final Set<String> OWN = Set.of("env", "file");

    private final ConfigTransformer transformer;
    private final Set<String> foreign;

    /** @param foreign names of the providers configured for Kafka, which replaces their references itself */
    ReferenceResolver(Map<String, String> environment, Set<String> foreign) {
        EnvVarConfigProvider env = new EnvVarConfigProvider(environment);
        env.configure(Map.of(
                EnvVarConfigProvider.ALLOWLIST_PATTERN_CONFIG, ".*")); // otherwise it logs that the pattern is unset
        FileConfigProvider file = new FileConfigProvider();
        file.configure(Map.of());
        this.transformer = new ConfigTransformer(Map.of("env", env, "file", file));
        this.foreign = Set.copyOf(foreign);
    }

    /**
     * {@return the value with what its references stand for}
     *
     * @throws InvalidSettingsException if a reference has no value
     */
    SettingValue resolve(SettingValue given) {
        // One by one, because Kafka does not report which references of a value it could not replace
        String value = ConfigTransformer.DEFAULT_PATTERN
                .matcher(given.value())
                .replaceAll(reference -> Matcher.quoteReplacement(resolve(given, reference)));
        return new SettingValue(given.name(), value, given.origin());
    }

    private String resolve(SettingValue given, MatchResult reference) {
        String written = reference.group();
        String provider = reference.group(1);
        if (!OWN.contains(provider)) {
            if (given.name().startsWith(SettingDefinitions.KAFKA_PREFIX) && foreign.contains(provider)) {
                return written;
            }
            // This may be part of a password instead of a reference
            throw new InvalidSettingsException(given.mistake("Expected ${env:NAME} or ${file:PATH:KEY} in "
                    + given.name() + ", but got " + SettingValue.show(given.name(), written) + "."));
        }
        String path = reference.group(3);
        String why = "";
        try {
            if (provider.equals("file") && path != null && !Files.isReadable(Path.of(path))) {
                throw new ConfigException("cannot read " + path); // otherwise Kafka logs a stack trace
            }
            String found = transformer.transform(Map.of("", written)).data().get("");
            if (found != null && !found.equals(written)) {
                return found;
            }
        } catch (ConfigException | IllegalArgumentException e) {
            why = ": " + e.getMessage();
        }
        throw new InvalidSettingsException(given.mistake(
                "Expected " + written + " in " + given.name() + " to have a value, but found none" + why + "."));
    }
}
