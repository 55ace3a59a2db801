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

import dev.ratchet.config.RecordSizeValidator;
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
 * The topics there must be, and what each must be like.
 *
 * <p>Inputs may be kept for as long as one likes; the retention of the settings is what a new one gets. They must not be
 * compacted: of several events of a task that would leave the last, which may be the very one that is wrong.
 *
 * <p>Not checked: the replication factor, which is for creation only, and how large a message the events and the CDC topic
 * take. Too small a size stops whoever writes, Debezium's connector say, with an error that names it: nothing is lost in
 * silence.
 *
 * @param largestState bytes of the largest record of the store changelogs, which Kafka Streams creates
 * @param stateBytes what the settings say these take; empty if that is left to the brokers
 */
public record TopicPlan(
        List<TopicSpec> topics, TopicCreationSettings creation, int largestState, OptionalInt stateBytes) {
    /** What topics take of one record where neither they nor the brokers were told otherwise, in bytes. */
    public static final int KAFKAS_MAX_MESSAGE_BYTES = 1_048_588;

    /** How long each change stays on the changelog, for who wants all of them: consumers that were away, an audit. */
    private static final long COMPACTION_LAG_MS = Duration.ofDays(7).toMillis();

    // Conductor keeps inputs and outputs of up to 3 MiB each in a task's row, and hosted clusters take at most 8 MiB.
    private static final int ROW_BYTES = 8 << 20;

    // Enough for any record that a topic with Kafka's presets takes. What is larger is cut short, and marked so.
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
                        // Before the policy: or the cleaner might begin with no lag.
                        atLeast(MIN_COMPACTION_LAG_MS_CONFIG, COMPACTION_LAG_MS, COMPACTION_LAG_MS),
                        // A change bears its event's time. Of a clock that is fast by an hour, brokers would refuse it.
                        atLeast(MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.MAX_VALUE, Long.MAX_VALUE),
                        recordSize(RecordSizeValidator.BESIDE_THE_OUTPUT),
                        exactly(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT))));
        TopicRule small = recordSize(RecordSizeValidator.BESIDE_THE_OUTPUT);
        TopicRule large = recordSize(RecordSizeValidator.largest(settings.repair()));
        TopicRule kept = exactly(RETENTION_MS_CONFIG, String.valueOf(retention));
        TopicRule deleted = exactly(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE);
        // The policy last: or the cleaner might delete by the retention that was.
        topics.add(new TopicSpec(
                names.rejections(), TopicSettings.REJECTIONS, Kind.OUTPUT, List.of(kept, small, deleted)));
        topics.add(new TopicSpec(names.alerts(), TopicSettings.ALERTS, Kind.OUTPUT, List.of(kept, small, deleted)));
        topics.add(new TopicSpec(
                names.deadLetters(),
                TopicSettings.DEAD_LETTERS,
                Kind.OUTPUT,
                List.of(kept, atLeast(MAX_MESSAGE_BYTES_CONFIG, DEAD_LETTER_BYTES, ROW_BYTES), deleted)));
        if (settings.asksConductor()) {
            // Commands are keyed as the inputs are, too, but nothing depends on where they lie.
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
        return new TopicPlan(
                topics, settings.topicCreation(), RecordSizeValidator.largest(settings.repair()), stateBytes(settings));
    }

    /** What the topics that hold Ratchet's state take of one record, in bytes; empty if that is left to the brokers. */
    public static OptionalInt stateBytes(Settings settings) {
        String name = StreamsConfig.topicPrefix(MAX_MESSAGE_BYTES_CONFIG);
        Object given = settings.kafka().get(name);
        return given == null
                ? OptionalInt.empty()
                : OptionalInt.of((Integer) ConfigDef.parseType(name, given, ConfigDef.Type.INT));
    }

    /** Those of which a task must be on the same partition. */
    Stream<TopicSpec> aligned() {
        return topics.stream().filter(TopicSpec::isAligned);
    }
}
