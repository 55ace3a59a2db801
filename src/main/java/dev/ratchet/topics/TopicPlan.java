package dev.ratchet.topics;

import static dev.ratchet.topics.TopicRule.atLeast;
import static dev.ratchet.topics.TopicRule.exactly;
import static dev.ratchet.topics.TopicRule.notCompacted;
import static dev.ratchet.topics.TopicRule.recordSize;
import static dev.ratchet.topics.TopicRule.whenCreated;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import dev.ratchet.config.RepairSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.config.SourceSettings;
import dev.ratchet.config.TopicCreationSettings;
import dev.ratchet.config.TopicSettings;
import dev.ratchet.topics.TopicSpec.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The topics that Ratchet needs, and their configuration.
 * <p>Inputs may have any retention; a new one gets that of the settings. They must not be compacted: compaction keeps the
 * last event of a task, which may be the wrong one.
 * <p>Not checked: the replication factor, which is for creation only, and {@code max.message.bytes} of the events and the CDC
 * topic. If that is too small, the producer, for example Debezium's connector, fails with an error that names it.
 *
 * @param largestState bytes of the largest record of the store changelogs, which Kafka Streams creates
 * @param stateBytes their {@code max.message.bytes} by the settings; empty if the brokers decide
 */
public record TopicPlan(
        List<TopicSpec> topics, TopicCreationSettings creation, int largestState, OptionalInt stateBytes) {

    public static final int KAFKAS_MAX_MESSAGE_BYTES = 1_048_588;

    /** How long each change stays on the changelog, for consumers that need all of them. */
    private static final long COMPACTION_LAG_MS = Duration.ofDays(7).toMillis();

    // Conductor keeps inputs and outputs of up to 3 MiB each in a task's row, and hosted clusters take at most 8 MiB.
    private static final int ROW_BYTES = 8 << 20;

    // Enough for any record of a topic with Kafka's defaults. A larger one is truncated and marked.
    private static final int DEAD_LETTER_BYTES = 1 << 20;

    public TopicPlan {
        topics = List.copyOf(topics);
    }

    public static TopicPlan of(Settings settings) {
        TopicSettings names = settings.topics();
        long retention = settings.topicCreation().retention().toMillis();
        List<TopicSpec> topics = new ArrayList<>();
        topics.add(new TopicSpec(
                names.events(),
                TopicSettings.EVENTS,
                Kind.INPUT,
                List.of(whenCreated(RETENTION_MS_CONFIG, retention), notCompacted())));
        if (settings.source().kind() == SourceSettings.Kind.DEBEZIUM) {
            topics.add(new TopicSpec(
                    names.cdc(),
                    TopicSettings.CDC,
                    Kind.FOREIGN_INPUT,
                    List.of(
                            whenCreated(RETENTION_MS_CONFIG, retention),
                            whenCreated(MAX_MESSAGE_BYTES_CONFIG, ROW_BYTES),
                            notCompacted())));
        }
        topics.add(new TopicSpec(
                names.changelog(),
                TopicSettings.CHANGELOG,
                Kind.CHANGELOG,
                List.of(
                        // Before the policy: otherwise the cleaner might start without a lag.
                        atLeast(MIN_COMPACTION_LAG_MS_CONFIG, COMPACTION_LAG_MS, COMPACTION_LAG_MS),
                        // A change has its event's timestamp; brokers would reject one from a clock that is an hour
                        // fast.
                        atLeast(MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.MAX_VALUE, Long.MAX_VALUE),
                        recordSize(RepairSettings.BESIDE_THE_OUTPUT),
                        exactly(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT))));
        TopicRule small = recordSize(RepairSettings.BESIDE_THE_OUTPUT);
        TopicRule large = recordSize(settings.repair().largestRecord());
        TopicRule kept = exactly(RETENTION_MS_CONFIG, String.valueOf(retention));
        TopicRule deleted = exactly(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE);
        // The policy last: otherwise the cleaner might delete by the old retention.
        topics.add(new TopicSpec(
                names.rejections(), TopicSettings.REJECTIONS, Kind.OUTPUT, List.of(kept, small, deleted)));
        topics.add(new TopicSpec(names.alerts(), TopicSettings.ALERTS, Kind.OUTPUT, List.of(kept, small, deleted)));
        topics.add(new TopicSpec(
                names.deadLetters(),
                TopicSettings.DEAD_LETTERS,
                Kind.OUTPUT,
                List.of(kept, atLeast(MAX_MESSAGE_BYTES_CONFIG, DEAD_LETTER_BYTES, ROW_BYTES), deleted)));
        if (settings.asksConductor()) {
            // Commands have the key of the inputs, but need not be on the same partition.
            topics.add(new TopicSpec(
                    names.repairCommands(), TopicSettings.REPAIR_COMMANDS, Kind.OUTPUT, List.of(kept, large, deleted)));
        }
        if (settings.readsAnswers()) {
            topics.add(new TopicSpec(
                    names.repairResults(),
                    TopicSettings.REPAIR_RESULTS,
                    Kind.INPUT,
                    List.of(whenCreated(RETENTION_MS_CONFIG, retention), large, notCompacted())));
        }
        return new TopicPlan(topics, settings.topicCreation(), settings.repair().largestRecord(), stateBytes(settings));
    }

    /** {@code max.message.bytes} of the topics that hold Ratchet's state; empty if the brokers decide. */
    public static OptionalInt stateBytes(Settings settings) {
        String name = StreamsConfig.topicPrefix(MAX_MESSAGE_BYTES_CONFIG);
        Object given = settings.kafka().get(name);
        return given == null
                ? OptionalInt.empty()
                : OptionalInt.of((Integer) ConfigDef.parseType(name, given, ConfigDef.Type.INT));
    }

    /** Topics on which a task must have the same partition. */
    Stream<TopicSpec> aligned() {
        return topics.stream().filter(TopicSpec::isAligned);
    }
}
