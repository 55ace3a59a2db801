package dev.ratchet.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Maps environment variables to settings. */
final class EnvironmentVariables {
    private static final Map<String, String> SETTINGS = new HashMap<>();
    private static final String SERDE_PREFIX = variable(SettingDefinitions.SERDE_PREFIX);

    static {
        SettingDefinitions.ALL.keySet().forEach(name -> SETTINGS.put(variable(name), name));
        // Only names that Kafka declares: KAFKA_HEAP_OPTS and Kubernetes' KAFKA_SERVICE_HOST are not settings
        KafkaSettingNames.all().forEach(name -> {
            String setting = SettingDefinitions.KAFKA_PREFIX + name;
            SETTINGS.put(variable(setting), setting);
        });
    }

    private EnvironmentVariables() {}

    static Stream<SettingValue> read(Map<String, String> environment) {
        return environment.entrySet().stream()
                .flatMap(one -> setting(one.getKey()).stream()
                        .map(name -> new SettingValue(name, one.getValue(), "environment variable " + one.getKey())));
    }

    static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static Optional<String> setting(String variable) {
        if (variable.startsWith(SERDE_PREFIX)) {
            String rest = variable.substring(SERDE_PREFIX.length());
            return Optional.of(SettingDefinitions.SERDE_PREFIX
                            + rest.toLowerCase(Locale.ROOT).replace('_', '.'))
                    .filter(SettingDefinitions::knows);
        }
        return Optional.ofNullable(SETTINGS.get(variable));
    }

    /** Whether it starts with RATCHET_, but is not a setting: a typo, or Kubernetes' address of a service called ratchet. */
    static boolean isUnused(String variable) {
        return variable.startsWith("RATCHET_") && setting(variable).isEmpty();
    }
}
