package dev.ratchet.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    @Test
    void planListsTopicsAndTheirConfiguration() {
        assertThat(created(Map.of("ratchet.source", "debezium", "ratchet.topic.replication.factor", "3")))
                .containsExactly(
                        "task-status-events: 6 partitions, replication factor 3, retention.ms=604800000,"
                                + " cleanup.policy=delete",
                        "conductor.public.task: 6 partitions, replication factor 3, retention.ms=604800000,"
                                + " max.message.bytes=8388608, cleanup.policy=delete",
                        "task-status-changelog: 6 partitions, replication factor 3, min.compaction.lag.ms=604800000,"
                                + " message.timestamp.after.max.ms=9223372036854775807, cleanup.policy=compact",
                        "task-status-rejections: 6 partitions, replication factor 3, retention.ms=604800000,"
                                + " cleanup.policy=delete",
                        "task-status-alerts: 6 partitions, replication factor 3, retention.ms=604800000,"
                                + " cleanup.policy=delete",
                        "task-status-dead-letters: 6 partitions, replication factor 3, retention.ms=604800000,"
                                + " max.message.bytes=8388608, cleanup.policy=delete");
    }

    @Test
    void namesPartitionsAndRetentionComeFromSettings() {
        assertThat(created(Map.of(
                        "ratchet.topic.partitions", "2",
                        "ratchet.topic.retention", "PT1H",
                        "ratchet.topic.alerts", "pages")))
                .contains("pages: 2 partitions, retention.ms=3600000, cleanup.policy=delete");
    }

    @Test
    void cdcTopicIsPlannedOnlyIfRead() {
        assertThat(created(Map.of())).hasSize(5).noneMatch(line -> line.startsWith("conductor.public.task"));
    }

    @Test
    void repairTopicsArePlannedOnlyIfConductorIsCalled() {
        assertThat(created(
                        Map.of("ratchet.conductor.url", "http://localhost:8080/api", "ratchet.topic.partitions", "2")))
                .contains(
                        "conductor-repair-commands: 2 partitions, retention.ms=604800000, cleanup.policy=delete",
                        "conductor-repair-results: 2 partitions, retention.ms=604800000, cleanup.policy=delete");
    }

    @Test
    void resultsTopicIsPlannedWheneverConductorUrlIsSet() {
        assertThat(created(Map.of("ratchet.conductor.url", "http://localhost:8080/api", "ratchet.repair.mode", "off")))
                .hasSize(6)
                .anyMatch(line -> line.startsWith("conductor-repair-results"))
                .noneMatch(line -> line.startsWith("conductor-repair-commands"));
    }

    private static List<String> created(Map<String, String> settings) {
        TopicPlan plan = TopicPlan.of(Settings.load(Optional.empty(), Map.of(), settings));
        return TopicComparison.of(plan, Map.of()).findings().stream()
                .map(finding -> finding.fix().orElseThrow().toString())
                .toList();
    }
}
