package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ratchet.stream.state.OpenAlert;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusAlert;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The index of open alerts holds what the alerts topic says: opened and not resolved. */
class OpenAlertIndexTest extends DueTimersFixture {
    @Test
    void openAlertIsIndexedUntilItIsResolved() {
        try (TopologyHarness harness = harness()) {
            loseTerminalStatus(harness);
            TaskStatusAlert alert = harness.alerts.readValue();
            assertThat(harness.openAlerts())
                    .containsExactly(new OpenAlert(
                            AlertKind.LOST_UPDATE,
                            "t1",
                            "HTTP",
                            "w1",
                            "upload_item",
                            alert.getMessage(),
                            alert.getRaisedAt().toEpochMilli()));
            harness.event(of("t1", TaskStatus.COMPLETED, 4, TaskSource.NATIVE));
            assertThat(harness.openAlerts()).isEmpty();
        }
    }

    @Test
    void alertsOfTimersAndResultsAreIndexed() {
        try (TopologyHarness harness = harness()) {
            harness.event(of("quiet", TaskStatus.SCHEDULED, 1, TaskSource.NATIVE));
            loseTerminalStatus(harness);
            harness.advance(Duration.ofSeconds(60));
            harness.result(harness.commands.readValue(), RepairOutcome.NOT_REPAIRABLE, null);
            keepSourceActive(harness, 16);
            assertThat(harness.openAlerts())
                    .extracting(OpenAlert::kind, OpenAlert::taskId)
                    .containsExactlyInAnyOrder(
                            tuple(AlertKind.LOST_UPDATE, "t1"),
                            tuple(AlertKind.REPAIR_FAILED, "t1"),
                            tuple(AlertKind.STUCK, "quiet"));
            harness.retry("t1");
            harness.event(of("quiet", TaskStatus.IN_PROGRESS, 2, TaskSource.NATIVE));
            assertThat(harness.openAlerts()).extracting(OpenAlert::kind).containsExactly(AlertKind.LOST_UPDATE);
        }
    }

    @Test
    void forgottenTaskHasNoOpenAlerts() {
        try (TopologyHarness harness = harness()) {
            loseTerminalStatus(harness);
            assertThat(harness.openAlerts()).hasSize(1);
            for (int day = 0; day < 8; day++) {
                harness.advance(Duration.ofDays(1));
            }
            assertThat(harness.states().get("t1")).isNull();
            assertThat(harness.openAlerts()).isEmpty();
        }
    }

    @Test
    void silentSourceIsIndexedUntilItWritesAgain() {
        try (TopologyHarness harness = harness()) {
            harness.event(of("t1", TaskStatus.IN_PROGRESS, 1, TaskSource.NATIVE));
            for (int minute = 0; minute < 40; minute++) {
                harness.advance(MINUTE);
            }
            assertThat(harness.openAlerts())
                    .extracting(OpenAlert::kind, OpenAlert::taskId)
                    .containsExactly(tuple(
                            AlertKind.SOURCE_SILENT, harness.alerts.readValue().getTaskId()));
            harness.event(of("other", TaskStatus.SCHEDULED, 1, TaskSource.NATIVE));
            harness.advance(MINUTE);
            assertThat(harness.openAlerts()).isEmpty();
        }
    }
}
