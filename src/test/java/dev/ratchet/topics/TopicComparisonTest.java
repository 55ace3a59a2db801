package dev.ratchet.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.Settings;
import dev.ratchet.topics.TopicInspector.ActualTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicComparisonTest {
    private static final String EVENTS = "task-status-events";
    private static final String CDC = "conductor.public.task";
    private static final String CHANGELOG = "task-status-changelog";
    private static final String ALERTS = "task-status-alerts";
    private static final String DEAD_LETTERS = "task-status-dead-letters";

    private final TopicPlan plan = plan(Map.of());
    private final Map<String, ActualTopic> found = new HashMap<>();

    /** All as planned. */
    @BeforeEach
    void allIsWell() {
        plan.topics().forEach(spec -> found.put(spec.name(), new ActualTopic(6, false, spec.configs())));
    }

    static TopicPlan plan(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("ratchet.source", "debezium"));
        settings.putAll(more);
        return TopicPlan.of(Settings.load(Optional.empty(), Map.of(), settings));
    }

    @Test
    void plannedTopicsHaveNoFindings() {
        TopicCheck check = check();

        assertThat(check.findings()).isEmpty();
        assertThat(check.inputPartitions()).hasValue(6);
        assertThat(check.deadLetterBytes()).hasValue(8 << 20);
    }

    @Test
    void missingTopicIsCreatedByApply() {
        found.remove(CHANGELOG);

        assertThat(onlyFinding())
                .isEqualTo(new TopicFinding(
                        CHANGELOG,
                        "Expected topic task-status-changelog (ratchet.topic.changelog) to exist, but it does not: run"
                                + " 'ratchet topics apply'.",
                        true,
                        Optional.of(new TopicChange.Create(
                                CHANGELOG,
                                6,
                                (short) -1,
                                Map.of(
                                        "cleanup.policy", "compact",
                                        "min.compaction.lag.ms", "604800000",
                                        "message.timestamp.after.max.ms", "9223372036854775807")))));
    }

    @Test
    void uncompactedChangelogIsCorrectedByApply() {
        configure(CHANGELOG, "cleanup.policy", "delete");

        assertThat(onlyFinding())
                .isEqualTo(new TopicFinding(
                        CHANGELOG,
                        "Expected topic task-status-changelog to have cleanup.policy compact, but it has delete: run"
                                + " 'ratchet topics apply'.",
                        true,
                        Optional.of(new TopicChange.Alter(CHANGELOG, "cleanup.policy", "compact", "delete"))));
    }

    @Test
    void compactionLagIsSetBeforeCleanupPolicy() {
        configure(CHANGELOG, "cleanup.policy", "delete");
        configure(CHANGELOG, "min.compaction.lag.ms", "0");

        assertThat(texts())
                .containsExactly(
                        "Expected topic task-status-changelog to have min.compaction.lag.ms at least 604800000, but it"
                                + " has 0: run 'ratchet topics apply'.",
                        "Expected topic task-status-changelog to have cleanup.policy compact, but it has delete: run"
                                + " 'ratchet topics apply'.");
    }

    @Test
    void outputRetentionMustMatchSetting() {
        configure(ALERTS, "retention.ms", "86400000");

        assertThat(onlyFinding())
                .isEqualTo(new TopicFinding(
                        ALERTS,
                        "Expected topic task-status-alerts to have retention.ms 604800000, but it has 86400000: run"
                                + " 'ratchet topics apply', or set ratchet.topic.retention.",
                        false,
                        Optional.of(new TopicChange.Alter(ALERTS, "retention.ms", "604800000", "86400000"))));
    }

    @Test
    void inputRetentionIsNotChecked() {
        configure(EVENTS, "retention.ms", "-1");
        configure(CDC, "retention.ms", "1000");
        configure(CDC, "max.message.bytes", "1000");
        configure(CDC, "cleanup.policy", "");

        assertThat(texts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"compact", "compact,delete", "delete, compact"})
    void compactedInputIsCorrected(String policy) {
        configure(EVENTS, "cleanup.policy", policy);

        assertThat(onlyFinding())
                .isEqualTo(new TopicFinding(
                        EVENTS,
                        "Expected topic task-status-events to have cleanup.policy delete, but it has " + policy
                                + ", which loses events: run 'ratchet topics apply'.",
                        true,
                        Optional.of(new TopicChange.Alter(EVENTS, "cleanup.policy", "delete", policy))));
    }

    @Test
    void foreignTopicIsOnlyReported() {
        configure(CDC, "cleanup.policy", "compact");

        assertThat(onlyFinding())
                .isEqualTo(new TopicFinding(
                        CDC,
                        "Expected topic conductor.public.task to have cleanup.policy delete, but it has compact, which"
                                + " loses events: run 'kafka-configs.sh --bootstrap-server … --alter --topic"
                                + " conductor.public.task --add-config cleanup.policy=delete', as it is not Ratchet's.",
                        true,
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"1048576, true", "1048575, false"})
    void deadLettersMustFitDefaultMessageLimit(String bytes, boolean fine) {
        configure(DEAD_LETTERS, "max.message.bytes", bytes);

        assertThat(check().findings().isEmpty()).isEqualTo(fine);
        assertThat(check().deadLetterBytes()).hasValue(Integer.parseInt(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {CHANGELOG, ALERTS, "task-status-rejections"})
    void outputTopicsMustFitLargestRecord(String topic) {
        configure(topic, "max.message.bytes", "65536");
        assertThat(texts()).isEmpty();

        configure(topic, "max.message.bytes", "100");
        assertThat(onlyFinding())
                .isEqualTo(new TopicFinding(
                        topic,
                        "Expected topic " + topic
                                + " to have max.message.bytes at least 65536, but it has 100, and of Ratchet's records"
                                + " there the brokers refuse those that are larger: what leads to them becomes a dead"
                                + " letter (TOO_LARGE), and each may cost a stream thread: run 'ratchet topics apply'.",
                        false,
                        Optional.of(new TopicChange.Alter(topic, "max.message.bytes", "1048588", "100"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"conductor-repair-commands", "conductor-repair-results"})
    void repairTopicsMustFitCapturedOutput(String topic) {
        TopicPlan repairing = plan(Map.of(
                "ratchet.conductor.url", "http://localhost:8080/api", "ratchet.repair.capture.max.bytes", "1000"));
        repairing.topics().forEach(spec -> found.put(spec.name(), new ActualTopic(6, false, spec.configs())));
        configure(topic, "max.message.bytes", "66536");
        assertThat(TopicComparison.of(repairing, found).findings()).isEmpty();

        configure(topic, "max.message.bytes", "66535");
        assertThat(TopicComparison.of(repairing, found).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("at least 66536, but it has 66535"));
    }

    @Test
    void configsUnknownToBrokerAreNotChecked() {
        found.put(CHANGELOG, new ActualTopic(6, false, Map.of("cleanup.policy", "compact")));

        assertThat(texts()).isEmpty();
    }

    @Test
    void anySharedPartitionCountIsAccepted() {
        plan.aligned().forEach(spec -> partition(spec.name(), 3, false));
        partition(ALERTS, 1, false);

        assertThat(texts()).isEmpty();
        assertThat(check().inputPartitions()).hasValue(3);
    }

    @Test
    void topicWithRecordsIsNotChanged() {
        partition(CDC, 1, false);

        assertThat(onlyFinding())
                .isEqualTo(new TopicFinding(
                        CDC,
                        "Expected topic conductor.public.task to have 6 partitions, as inputs and changelog must have"
                                + " the same number, but it has 1: it has been written to, and its records would not"
                                + " move. Set ratchet.topic.cdc to a new topic, run 'ratchet topics apply', and have its"
                                + " producers write there.",
                        true,
                        Optional.empty()));
        assertThat(check().inputPartitions()).isEmpty();
    }

    @Test
    void emptyTopicGrows() {
        partition(CDC, 1, true);

        assertThat(onlyFinding().text()).endsWith("but it has 1: run 'ratchet topics apply'.");
        assertThat(onlyFinding().fix()).contains(new TopicChange.Grow(CDC, 6, 1));
    }

    @Test
    void partitionsAreNotRemoved() {
        partition(CHANGELOG, 12, true);

        assertThat(onlyFinding().text())
                .endsWith("but it has 12: none can be taken away, but nothing was ever written to it: delete it, and"
                        + " run 'ratchet topics apply'.");
        assertThat(onlyFinding().fix()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            none are there: the setting                    |    |    |    | 6
            those written to decide                        | 3  |    |    | 3
            those never written to yield to the setting    | 1- |    |    | 6
            … unless they have more than it                | 9- | 1- |    | 9
            all the same: whatever it is                   | 1- | 1- | 1- | 1
            several written to: the setting if one has it  | 9  | 6  | 3  | 6
            … or the most                                  | 9  | 2  | 3- | 9
            """)
    void expectedPartitionCountDependsOnExistingTopics(
            String why, @Nullable String events, @Nullable String cdc, @Nullable String changelog, int expected) {
        found.clear();
        put(EVENTS, events);
        put(CDC, cdc);
        put(CHANGELOG, changelog);

        assertThat(TopicComparison.alignedPartitions(plan, found)).isEqualTo(expected);
    }

    private void put(String topic, @Nullable String count) {
        if (count != null) {
            partition(topic, Integer.parseInt(count.replace("-", "")), count.endsWith("-"));
        }
    }

    private void partition(String topic, int partitions, boolean neverWritten) {
        found.put(
                topic,
                new ActualTopic(
                        partitions,
                        neverWritten,
                        plan.topics().stream()
                                .filter(spec -> spec.name().equals(topic))
                                .findFirst()
                                .orElseThrow()
                                .configs()));
    }

    private void configure(String topic, String config, String value) {
        found.computeIfPresent(topic, (name, before) -> {
            Map<String, String> configs = new HashMap<>(before.configs());
            configs.put(config, value);
            return new ActualTopic(before.partitions(), before.neverWritten(), configs);
        });
    }

    private TopicCheck check() {
        return TopicComparison.of(plan, found);
    }

    private TopicFinding onlyFinding() {
        assertThat(texts()).hasSize(1);
        return check().findings().get(0);
    }

    private List<String> texts() {
        return check().findings().stream().map(TopicFinding::text).toList();
    }
}
