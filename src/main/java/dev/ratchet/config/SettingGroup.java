package dev.ratchet.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.jspecify.annotations.Nullable;

/** Declares the settings of one concern, in the order in which the reference shows them. */
final class SettingGroup {
    private final ConfigDef definition;
    private final String name;
    private int declared;

    SettingGroup(ConfigDef definition, String name) {
        this.definition = definition;
        this.name = name;
    }

    /**
     * @param preset the default, null if there is none; absence is then no mistake but where a command needs the setting
     * @param text for the reference, one paragraph of Markdown without a vertical bar
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
