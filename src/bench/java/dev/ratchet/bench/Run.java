package dev.ratchet.bench;

import dev.ratchet.config.Settings;
import java.util.Map;

/**
 * One run of a stream, with topics and state of its own.
 *
 * @param given the settings as the process is told
 * @param settings the same as it reads them
 */
record Run(Map<String, String> given, Settings settings) {
    String name() {
        return settings.application().id();
    }
}
