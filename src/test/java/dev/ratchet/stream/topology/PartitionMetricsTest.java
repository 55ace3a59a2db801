package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.Alert.Phase;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.TaskSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the metrics say of a partition's tasks, alerts, timers and changes. */
class PartitionMetricsTest extends DueTimersFixture {
    @Test
    void tasksAreCountedByStatusUntilTheyAreForgotten() {
        try (TopologyHarness harness = harness("ratchet.retention.live", "P2D")) {
            harness.event(of("a", TaskStatus.SCHEDULED, 1, TaskSource.NATIVE));
            harness.event(of("b", TaskStatus.SCHEDULED, 1, TaskSource.NATIVE));
            harness.event(of("b", TaskStatus.COMPLETED, 2, TaskSource.NATIVE));
            harness.event(of("b", TaskStatus.IN_PROGRESS, 3, TaskSource.NATIVE)); // rejected
            assertThat(harness.counters.tasks(TaskStatus.SCHEDULED)).isEqualTo(1);
            assertThat(harness.counters.tasks(TaskStatus.COMPLETED)).isEqualTo(1);
            assertThat(harness.counters.tasks(TaskStatus.IN_PROGRESS)).isZero();
            for (int day = 0; day < 40; day++) {
                harness.advance(Duration.ofDays(1));
            }
            assertThat(harness.states().all().hasNext()).isFalse();
            assertThat(TaskStatus.values())
                    .allSatisfy(
                            status -> assertThat(harness.counters.tasks(status)).isZero());
        }
    }

    @Test
    void openAlertsAreAGaugeAndTheirPhasesCounters() {
        try (TopologyHarness harness = harness()) {
            loseTerminalStatus(harness, "t1");
            loseTerminalStatus(harness, "t2");
            assertThat(harness.counters.openAlerts(AlertKind.LOST_UPDATE)).isEqualTo(2);
            harness.event(of("t1", TaskStatus.COMPLETED, 4, TaskSource.NATIVE));
            assertThat(harness.counters.openAlerts(AlertKind.LOST_UPDATE)).isEqualTo(1);
            assertThat(harness.counters.alerts(AlertKind.LOST_UPDATE, Phase.OPENED))
                    .isEqualTo(2);
            assertThat(harness.counters.alerts(AlertKind.LOST_UPDATE, Phase.RESOLVED))
                    .isEqualTo(1);
            assertThat(harness.counters.alerts(AlertKind.STUCK, Phase.OPENED)).isZero();
        }
    }

    @Test
    void revokedPartitionIsInNoGauge() {
        TopologyHarness harness = harness();
        try (harness) {
            loseTerminalStatus(harness);
            assertThat(harness.counters.timersEnabled()).isEqualTo(Map.of(0, true));
        }
        assertThat(harness.counters.timersEnabled()).isEmpty();
        assertThat(harness.counters.tasks(TaskStatus.COMPLETED)).isZero();
        assertThat(harness.counters.openAlerts(AlertKind.LOST_UPDATE)).isZero();
    }

    @Test
    void timersOfPartitionThatCatchesUpAreNotEnabled() {
        try (TopologyHarness harness = harness()) {
            harness.shared.catchUp().assigned(0);
            assertThat(harness.counters.timersEnabled()).isEqualTo(Map.of(0, false));
        }
    }

    @Test
    void onlyChangesAreMeasuredFromTheTimestampOfTheirRecord() {
        try (TopologyHarness harness = harness()) {
            harness.event(
                    RatchetTopologyTest.event(TaskStatus.COMPLETED, 2),
                    harness.clock().minusSeconds(9));
            harness.event(of("t1", TaskStatus.IN_PROGRESS, 3, TaskSource.NATIVE)); // rejected
            harness.advance(MINUTE);
            assertThat(harness.counters.endToEnd().count()).isEqualTo(1);
            assertThat(harness.counters.endToEnd().totalTime(TimeUnit.SECONDS)).isEqualTo(9);
        }
    }

    @Test
    void suspectTimestampsCountAsNow() {
        try (TopologyHarness harness = harness()) {
            harness.event(
                    RatchetTopologyTest.event(TaskStatus.SCHEDULED, 1),
                    harness.clock().plus(Duration.ofDays(1)));
            harness.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 2), Instant.EPOCH);
            assertThat(harness.counters.endToEnd().count()).isEqualTo(2);
            assertThat(harness.counters.endToEnd().totalTime(TimeUnit.SECONDS)).isZero();
        }
    }
}
