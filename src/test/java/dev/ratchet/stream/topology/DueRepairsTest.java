package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Expected;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairPurpose;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a repair command is issued. */
class DueRepairsTest extends DueTimersFixture {
    @Test
    void lostTerminalStatusIsRepairedWithOutputAfterSettleTime() {
        try (TopologyHarness harness = harness()) {
            loseTerminalStatus(harness);
            harness.advance(Duration.ofSeconds(2));
            assertThat(harness.commands.isEmpty()).isTrue();
            harness.advance(Duration.ofSeconds(2));
            RepairCommand command = harness.commands.readValue();
            assertThat(command.getPurpose()).isEqualTo(RepairPurpose.REPAIR);
            assertThat(command.getCommandId()).isEqualTo("t1/1/3/1");
            assertThat(command.getStatus().name()).isEqualTo("COMPLETED");
            assertThat(command.getHeardStatus().name()).isEqualTo("IN_PROGRESS");
            assertThat(command.getOutput()).isEqualTo("{\"file\":\"a\"}");
            assertThat(command.getWorkerId()).isEqualTo("worker-1");
            harness.advance(Duration.ofMinutes(4));
            assertThat(harness.commands.isEmpty())
                    .as("no second command before the result timeout")
                    .isTrue();

            harness.alerts.readValuesToList();
            harness.result(command, RepairOutcome.REPAIRED, dev.ratchet.v1.TaskStatus.COMPLETED);
            harness.result(command, RepairOutcome.REPAIRED, dev.ratchet.v1.TaskStatus.COMPLETED);
            assertThat(readAlerts(harness)).containsExactly("LOST_UPDATE RESOLVED");
            assertThat(harness.counters.answers(RepairState.Result.REPAIRED)).isEqualTo(2);
            harness.advance(Duration.ofHours(1));
            assertThat(harness.commands.isEmpty()).isTrue();
        }
    }

    @Test
    void divergenceThatEndsByItselfIsNotRepaired() {
        try (TopologyHarness harness = harness()) {
            loseTerminalStatus(harness);
            harness.event(event(TaskStatus.COMPLETED, 4));
            harness.advance(MINUTE);
            assertThat(harness.commands.isEmpty()).isTrue();
        }
    }

    @Test
    void lateOutputRestartsRepair() {
        try (TopologyHarness harness = harness()) {
            TaskStatusEvent end = TaskRecords.event(event(TaskStatus.COMPLETED, 2));
            harness.event(event(TaskStatus.IN_PROGRESS, 1));
            harness.event(end);
            harness.event(event(TaskStatus.IN_PROGRESS, 3));
            harness.advance(MINUTE);
            harness.result(
                    harness.commands.readValue(), RepairOutcome.NOT_REPAIRABLE, dev.ratchet.v1.TaskStatus.IN_PROGRESS);
            harness.advance(MINUTE);
            assertThat(harness.commands.isEmpty()).isTrue();
            harness.alerts.readValuesToList();

            end.setOutput("{\"file\":\"a\"}");
            harness.event(end);
            assertThat(readAlerts(harness)).containsExactly("REPAIR_FAILED RESOLVED");
            harness.advance(Duration.ofSeconds(4));
            assertThat(harness.commands.readValue().getOutput()).isEqualTo("{\"file\":\"a\"}");
        }
    }

    @Test
    void dryRunIsIssuedOnce() {
        try (TopologyHarness harness = new TopologyHarness(state, URL, CONDUCTOR)) {
            loseTerminalStatus(harness);
            harness.advance(MINUTE);
            harness.result(harness.commands.readValue(), RepairOutcome.DRY_RUN, dev.ratchet.v1.TaskStatus.IN_PROGRESS);
            harness.advance(MINUTE);
            harness.event(event(TaskStatus.IN_PROGRESS, 9));
            harness.advance(Duration.ofHours(1));
            assertThat(harness.commands.isEmpty()).isTrue();
        }
    }

    @Test
    void disabledRepairIssuesNoCommands() {
        try (TopologyHarness harness =
                new TopologyHarness(state, URL, CONDUCTOR, "ratchet.repair.mode", "off", "ratchet.audit.mode", "on")) {
            loseTerminalStatus(harness);
            harness.advance(Duration.ofMinutes(9));
            assertThat(harness.commands.isEmpty()).isTrue();
            assertThat(harness.states().get("t1").task().diverges()).isTrue();
        }
    }

    @Test
    void lostTerminalStatusesOfIncidentAreRepairedWithOutput() {
        try (TopologyHarness harness = harness()) {
            Recordings.cdc("race_176").forEach(record -> harness.cdc(record.key(), record.value()));
            harness.advance(MINUTE);
            List<RepairCommand> commands = harness.commands.readValuesToList();
            List<String> diverged = Recordings.expected("race_176").stream()
                    .filter(Expected::diverged)
                    .map(Expected::taskId)
                    .toList();
            assertThat(commands).extracting(RepairCommand::getTaskId).containsExactlyInAnyOrderElementsOf(diverged);
            assertThat(commands)
                    .allSatisfy(
                            command -> assertThat(command.getScheduledTime()).isNotNull())
                    .allSatisfy(command -> assertThat(command.getStartTime()).isNotNull())
                    .extracting(RepairCommand::getOutput)
                    .containsOnly("{\"uploaded\":\"1\",\"etag\":\"e-1\"}");
        }
    }
}
