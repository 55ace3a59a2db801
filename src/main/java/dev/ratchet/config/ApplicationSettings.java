package dev.ratchet.config;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

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
        String id, Path stateDirectory, long stateMemory, Duration startTimeout, boolean republish) {
    public static final String ID = "ratchet.application.id";
    static final String STATE = "ratchet.state.dir";
    static final String MEMORY = "ratchet.state.memory.bytes";
    static final String START = "ratchet.start.timeout";
    public static final String REPUBLISH = "ratchet.changelog.republish";

    static void declare(ConfigDef definition) {
        new SettingGroup(definition, "Application")
                .declare(
                        ID,
                        "ratchet",
                        Validators.TOPIC, // prefix of topic names
                        Importance.HIGH,
                        "Names the consumer group, the internal topics and the transactions. Instances with the same id"
                                + " share the work. Another id starts with empty state, which `run` refuses while the"
                                + " changelog holds records.")
                .declare(
                        STATE,
                        "./data/state",
                        Validators.FOLDER,
                        Importance.HIGH,
                        "Folder of the local stores. Lost, it is rebuilt from Kafka, which takes time: not a temporary"
                                + " folder.")
                .declare(
                        MEMORY,
                        268_435_456L,
                        Validators.atLeast(ConfigDef.Type.LONG, 16_777_216),
                        Importance.MEDIUM,
                        "Native memory, beside the JVM's heap, for the caches and write buffers of all local stores of this"
                                + " process. `kafka.rocksdb.config.setter` replaces this limit.")
                .declare(
                        START,
                        "PT1M",
                        Validators.durationOfAtLeast(Duration.ZERO, "PT1M"),
                        Importance.LOW,
                        "How long `run` waits at start for brokers that do not answer, topics that are missing and a schema"
                                + " registry that does not answer. Then it exits with code 1.")
                .declare(
                        REPUBLISH,
                        false,
                        Validators.BOOLEAN,
                        Importance.LOW,
                        "Whether `run` starts with empty state although the changelog holds records, as with another"
                                + " `ratchet.application.id` or after `ratchet reset`. All tasks are then published there"
                                + " again, from revision 1. For one start: without effect once there is state.");
    }

    static ApplicationSettings from(AbstractConfig config) {
        return new ApplicationSettings(
                config.getString(ID),
                Path.of(config.getString(STATE)),
                config.getLong(MEMORY),
                Duration.parse(config.getString(START)),
                config.getBoolean(REPUBLISH));
    }
}
