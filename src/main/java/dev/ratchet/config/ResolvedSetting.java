package dev.ratchet.config;

import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.jspecify.annotations.Nullable;

/**
 * A setting with its effective value and its origin, for people.
 *
 * @param value as it may be shown, secrets hidden; empty if it is not set
 * @param origin a path, {@code environment variable NAME}, {@code --set}, {@code default} or {@code not set}
 */
public record ResolvedSetting(String name, String value, String origin) {
    static ResolvedSetting of(ConfigKey key, @Nullable SettingValue given) {
        if (given != null) {
            return new ResolvedSetting(key.name, given.shown(), given.origin());
        }
        return new ResolvedSetting(
                key.name, SettingDefinitions.preset(key), key.defaultValue == null ? "not set" : "default");
    }
}
