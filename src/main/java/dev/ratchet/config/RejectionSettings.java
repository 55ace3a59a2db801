package dev.ratchet.config;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * Which rejections are published.
 *
 * @param duplicates whether exact duplicates are; they are counted either way
 */
public record RejectionSettings(boolean duplicates) {
    static final String DUPLICATES = "ratchet.rejections.duplicates";

    static void declare(ConfigDef definition) {
        new SettingGroup(definition, "Rejections")
                .declare(
                        DUPLICATES,
                        false,
                        Validators.BOOLEAN,
                        Importance.LOW,
                        "Whether exact duplicates go to the rejections topic too. They are counted either way.");
    }

    static RejectionSettings from(AbstractConfig config) {
        return new RejectionSettings(config.getBoolean(DUPLICATES));
    }
}
