package dev.ratchet.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.jspecify.annotations.Nullable;

/** Declares the settings of one group, in the order of the reference. */
final class SettingGroup {
    private final ConfigDef definition;
    private final String name;
    private int declared;

    SettingGroup(ConfigDef definition, String name) {
        this.definition = definition;
        this.name = name;
    }

    /**
     * @param preset the default, null if there is none; such a setting may be absent unless a command requires it
     * @param text one paragraph of Markdown for the reference, without a vertical bar
     */
    SettingGroup declare(String setting, @Nullable Object preset, Validator check, Importance importance, String text) {
        definition.define(
                setting,
                check.type(),
                preset,
                check,
                importance,
                text,
                name,
                ++declared,
                ConfigDef.Width.MEDIUM,
                setting);
        return this;
    }
}
