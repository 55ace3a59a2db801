package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a repair is repeated, given up and restarted. */
class RepairAttemptTimersTest extends DueTimersFixture {
    @Test
    void failedRepairIsRetriedUntilGivenUp() {
        try (TopologyHarness harness = harness("ratchet.repair.attempts", "3")) {
            loseTerminalStatus(harness);
            harness.alerts.readValuesToList();
            for (int attempt = 1; attempt <= 3; attempt++) {
                harness.advance(MINUTE);
                RepairCommand command = harness.commands.readValue();
                assertThat(command.getAttempt()).isEqualTo(attempt);
                assertThat(command.getOutput()).isNotNull();
                assertThat(readAlerts(harness)).isEmpty();
                harness.result(command, RepairOutcome.FAILED, dev.ratchet.v1.TaskStatus.IN_PROGRESS);
            }
            assertThat(harness.alerts.readValuesToList()).singleElement().satisfies(alert -> {
                assertThat(alert.getKind().name()).isEqualTo("REPAIR_FAILED");
                assertThat(alert.getMessage())
                        .isEqualTo(
                                "Repair failed after attempt 3 (GIVEN_UP): could not set the task to COMPLETED in Conductor: because");
            });
            harness.advance(Duration.ofHours(5));
            assertThat(harness.commands.isEmpty()).isTrue();
        }
    }

    @Test
    void repairWithoutResultIsReissuedAndThenAlerts() {
        try (TopologyHarness harness = harness("ratchet.repair.attempts", "2")) {
            loseTerminalStatus(harness);
            harness.advance(MINUTE);
            RepairCommand first = harness.commands.readValue();
            harness.alerts.readValuesToList();
            harness.advance(Duration.ofMinutes(6));
            assertThat(harness.commands.readValue().getCommandId()).isEqualTo("t1/1/3/2");
            assertThat(readAlerts(harness)).isEmpty();
            harness.advance(Duration.ofMinutes(11));
            assertThat(harness.commands.isEmpty()).isTrue();
            assertThat(readAlerts(harness)).containsExactly("REPAIR_FAILED OPENED");
            assertThat(harness.counters.unansweredRepairs()).isEqualTo(2);
            harness.result(first, RepairOutcome.REPAIRED, dev.ratchet.v1.TaskStatus.COMPLETED);
            assertThat(readAlerts(harness)).containsExactly("LOST_UPDATE RESOLVED", "REPAIR_FAILED RESOLVED");
        }
    }

    @Test
    void repeatedLossesStopRepairsWithAlert() {
        try (TopologyHarness harness = harness("ratchet.repair.attempts", "1")) {
            loseTerminalStatus(harness);
            for (int repairs = 1; repairs <= 4; repairs++) {
                harness.advance(Duration.ofSeconds(4));
                harness.result(
                        harness.commands.readValue(), RepairOutcome.REPAIRED, dev.ratchet.v1.TaskStatus.COMPLETED);
                harness.alerts.readValuesToList();
                harness.event(event(TaskStatus.IN_PROGRESS, 10 + repairs));
            }
            assertThat(readAlerts(harness)).containsExactly("LOST_UPDATE OPENED");
            harness.advance(Duration.ofSeconds(4));
            assertThat(harness.commands.isEmpty()).isTrue();
            assertThat(harness.alerts.readValuesToList())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.getMessage())
                            .isEqualTo(
                                    "Repair failed after 4 repairs of this epoch (EXHAUSTED): could not set the task to COMPLETED"
                                            + " in Conductor"));
            harness.event(event(TaskStatus.IN_PROGRESS, 20));
            harness.advance(Duration.ofHours(1));
            assertThat(harness.commands.isEmpty()).isTrue();
            assertThat(readAlerts(harness)).isEmpty();
        }
    }

    @Test
    void givenUpRepairRestartsOnRequest() {
        try (TopologyHarness harness = harness("ratchet.repair.attempts", "1")) {
            harness.retry("t1"); // unknown task
            loseTerminalStatus(harness);
            harness.advance(MINUTE);
            harness.result(harness.commands.readValue(), RepairOutcome.FAILED, dev.ratchet.v1.TaskStatus.IN_PROGRESS);
            harness.alerts.readValuesToList();
            harness.retry("t1");
            assertThat(readAlerts(harness)).containsExactly("REPAIR_FAILED RESOLVED");
            harness.advance(Duration.ofSeconds(1));
            RepairCommand again = harness.commands.readValue();
            assertThat(again.getAttempt()).isEqualTo(1);
            harness.result(again, RepairOutcome.REPAIRED, dev.ratchet.v1.TaskStatus.COMPLETED);
            assertThat(readAlerts(harness)).containsExactly("LOST_UPDATE RESOLVED");
            harness.retry("t1");
            harness.advance(MINUTE);
            assertThat(harness.commands.isEmpty()).as("nothing left to repair").isTrue();
            assertThat(harness.counters.events(EventSource.AUDIT, OutcomeKind.IGNORED))
                    .isEqualTo(3);
        }
    }
}
