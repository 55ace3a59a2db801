package dev.ratchet.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Identity and state of the application.
 *
 * @param id the consumer group, and the prefix of transactional ids and internal topics; valid in a topic name
 * @param stateDirectory folder of the stores, with one subfolder per application id; may not exist yet
 * @param stateMemory bytes of native memory for all stores of the process, at least 16 MiB
 * @param startTimeout how long the start waits for brokers, topics and registry
 * @param republish whether it may start with empty state although the changelog contains records
 */
public record ApplicationSettings(
        @Setting(name = ID, defaultValue = "ratchet", check = TextCheck.TOPIC)
        String id,

        @Setting(name = STATE, defaultValue = "./data/state", check = TextCheck.FOLDER)
        Path stateDirectory,

        @Setting(name = "ratchet.state.memory.bytes", defaultValue = "268435456", min = 16_777_216)
        long stateMemory,

        @Setting(name = "ratchet.start.timeout", defaultValue = "PT1M", min = 0)
        Duration startTimeout,

        @Setting(name = REPUBLISH, defaultValue = "false", check = TextCheck.TRUE_OR_FALSE)
        boolean republish) {
    public static final String ID = "ratchet.application.id";
    public static final String STATE = "ratchet.state.dir";
    public static final String REPUBLISH = "ratchet.changelog.republish";
}
