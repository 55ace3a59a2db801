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

    /** @throws Unresolved if a reference has no value */
    SettingValue resolve(SettingValue given) {
        // One by one, because Kafka does not report which references of a value it could not replace
        return given.withValue(ConfigTransformer.DEFAULT_PATTERN
                .matcher(given.value())
                .replaceAll(reference -> Matcher.quoteReplacement(resolve(given, reference))));
    }

    private String resolve(SettingValue given, MatchResult reference) {
        String written = reference.group();
        return switch (reference.group(1)) {
            case "env", "file" -> lookUp(given, reference);
            default -> {
                if (given.name().startsWith(SettingDefinitions.KAFKA_PREFIX) && foreign.contains(reference.group(1))) {
                    yield written;
                }
                // This may be part of a password instead of a reference
                throw new Unresolved(given.mistake("Expected ${env:NAME} or ${file:PATH:KEY} in " + given.name()
                        + ", but got " + SecretMask.show(given.name(), written) + "."));
            }
        };
    }

    private String lookUp(SettingValue given, MatchResult reference) {
        String written = reference.group();
        String path = reference.group(3);
        String why = "";
        try {
            if (reference.group(1).equals("file") && path != null && !Files.isReadable(Path.of(path))) {
                throw new ConfigException("cannot read " + path); // otherwise Kafka logs a stack trace
            }
            String found = transformer.transform(Map.of("", written)).data().get("");
            if (found != null && !found.equals(written)) {
                return found;
            }
        } catch (ConfigException | IllegalArgumentException e) {
            why = ": " + e.getMessage();
        }
        throw new Unresolved(given.mistake(
                "Expected " + written + " in " + given.name() + " to have a value, but found none" + why + "."));
    }

    /** Its message is the line in the list of errors. */
    static final class Unresolved extends RuntimeException {
        Unresolved(String line) {
            super(line);
        }
    }
}
