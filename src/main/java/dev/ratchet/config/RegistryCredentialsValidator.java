package dev.ratchet.config;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks the credentials for the schema registry: each kind needs its source set, otherwise they are not sent. */
final class RegistryCredentialsValidator {
    private static final String SOURCE_OF_BASIC = SettingDefinitions.SERDE_PREFIX + "basic.auth.credentials.source";
    private static final String USER_INFO = SettingDefinitions.SERDE_PREFIX + "basic.auth.user.info";
    private static final String SOURCE_OF_BEARER = SettingDefinitions.SERDE_PREFIX + "bearer.auth.credentials.source";
    static final String TOKEN = SettingDefinitions.SERDE_PREFIX + "bearer.auth.token";

    private static final Set<String> ALL = Set.of(SOURCE_OF_BASIC, USER_INFO, SOURCE_OF_BEARER, TOKEN);

    private RegistryCredentialsValidator() {}

    /**
     * Checks nothing if third-party serdes are configured, which may know more sources.
     *
     * @param unresolved names of settings that already have an error
     * @return contradictions
     */
    static Stream<String> mistakes(Map<String, SettingValue> given, Set<String> unresolved) {
        if (given.containsKey(RegistrySettings.SERIALIZER) || given.containsKey(RegistrySettings.DESERIALIZER)) {
            return Stream.empty();
        }
        return !Collections.disjoint(unresolved, ALL)
                ? Stream.empty()
                : Stream.of(
                                pair(given, SOURCE_OF_BASIC, "USER_INFO", USER_INFO),
                                pair(given, SOURCE_OF_BEARER, "STATIC_TOKEN", TOKEN))
                        .flatMap(Optional::stream);
    }

    private static Optional<String> pair(Map<String, SettingValue> given, String source, String value, String secret) {
        SettingValue from = given.get(source);
        SettingValue hidden = given.get(secret);
        boolean isSaid = from != null && from.value().strip().equals(value);
        if (hidden != null && !isSaid) {
            return Optional.of(hidden.mistake("Expected " + source + " to be " + value + ", since " + secret
                    + " is set, but " + (from == null ? "it is not set." : "got '" + from.value() + "'.")));
        }
        if (from != null && isSaid && hidden == null) {
            return Optional.of(from.mistake(
                    "Expected " + secret + " to be set, since " + source + " is " + value + ", but it is not."));
        }
        return Optional.empty();
    }
}
