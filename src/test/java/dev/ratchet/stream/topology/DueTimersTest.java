package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Expected;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.state.CapturedOutput;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairPurpose;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stream does when timers fire. */
class DueTimersTest {
    private static final String URL = "ratchet.conductor.url";
    private static final String CONDUCTOR = "http://localhost:9/api";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path state;

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

    @Test
    void silentTaskIsStuckUntilNextEvent() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            keepSourceActive(harness, 16);
            assertThat(readAlerts(harness)).containsExactly("STUCK OPENED");
            keepSourceActive(harness, 60);
            assertThat(readAlerts(harness)).isEmpty();
            harness.event(event(TaskStatus.IN_PROGRESS, 2));
            assertThat(readAlerts(harness)).containsExactly("STUCK RESOLVED");
        }
    }

    @Test
    void heartbeatWritesNoTimer() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.IN_PROGRESS, 1));
            assertThat(harness.timersChangelog.readValuesToList()).hasSize(1);
            for (int beat = 2; beat < 20; beat++) {
                harness.advance(MINUTE);
                harness.event(event(TaskStatus.IN_PROGRESS, beat));
            }
            assertThat(harness.timersChangelog.readValuesToList()).isEmpty();
        }
    }

    @Test
    void terminalTaskIsForgottenWithTombstone() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.IN_PROGRESS, 1));
            harness.event(event(TaskStatus.COMPLETED, 2));
            harness.changelog.readValuesToList();
            harness.advance(Duration.ofDays(6));
            harness.advance(Duration.ofDays(1));
            TestRecord<String, ?> tombstone = harness.changelog.readRecord();
            assertThat(tombstone.key()).isEqualTo("t1");
            assertThat(tombstone.value()).isNull();
            assertThat(harness.states().get("t1")).isNull();
            assertThat(harness.timers()).isZero();
            harness.event(event(TaskStatus.IN_PROGRESS, 3));
            assertThat(harness.changelog.readValue().getRevision()).isEqualTo(1);
            assertThat(harness.states().get("t1").task().diverges()).isFalse();
        }
    }

    @Test
    void liveTaskIsForgottenAfterLiveRetention() {
        try (TopologyHarness harness = harness("ratchet.retention.live", "PT3H", "ratchet.audit.mode", "on")) {
            harness.event(of("t1", TaskStatus.IN_PROGRESS, 1, TaskSource.NATIVE));
            harness.changelog.readValuesToList();
            keepSourceActive(harness, 190);
            assertThat(harness.states().get("t1")).isNull();
            assertThat(harness.states().get("other")).isNotNull();
            assertThat(harness.changelog.readRecordsToList())
                    .filteredOn(record -> record.key().equals("t1"))
                    .singleElement()
                    .satisfies(tombstone -> assertThat(tombstone.value()).isNull());
            assertThat(readAlerts(harness)).containsExactly("STUCK OPENED", "STUCK RESOLVED");
            harness.commands.readValuesToList();
            keepSourceActive(harness, 60);
            assertThat(harness.commands.readValuesToList())
                    .extracting(RepairCommand::getTaskId)
                    .doesNotContain("t1");
        }
    }

    @Test
    void outputIsDroppedAfterCaptureTime() {
        try (TopologyHarness harness = harness()) {
            loseTerminalStatus(harness);
            harness.event(of("t1", TaskStatus.COMPLETED, 4, TaskSource.NATIVE));
            assertThat(harness.outputs().get("t1")).isNotNull();
            keepSourceActive(harness, 59);
            assertThat(harness.outputs().get("t1")).isNotNull();
            keepSourceActive(harness, 2);
            assertThat(harness.outputs().get("t1")).isNull();
            harness.event(of("t1", TaskStatus.IN_PROGRESS, 5, TaskSource.NATIVE));
            harness.advance(MINUTE);
            assertThat(harness.commands.readValue().getOutput()).isNull();
        }
    }

    @Test
    void outputIsDroppedAfterRepairIsDisabled() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(event(TaskStatus.COMPLETED, 1));
            TrackedTask captured = harness.states().get("t1");
            long dropAt = captured.lastEventAt() + MINUTE.toMillis();
            harness.states()
                    .put(
                            "t1",
                            new TrackedTask(
                                    captured.task(),
                                    captured.lastEventAt(),
                                    TrackedTask.NEVER,
                                    dropAt,
                                    captured.nextCheckAt(),
                                    TrackedTask.NEVER));
            harness.outputs().put("t1", new CapturedOutput(1, TaskStatus.COMPLETED, 1, TaskOutput.NONE));
            harness.advance(Duration.ofDays(7).plusMinutes(1));
            assertThat(harness.outputs().get("t1")).isNull();
        }
    }

    @Test
    void timersWaitUntilPartitionHasCaughtUp() {
        try (TopologyHarness harness = harness()) {
            harness.shared.catchUp().assigned(0);
            harness.event(event(TaskStatus.SCHEDULED, 1));
            loseTerminalStatus(harness, "t2");
            harness.alerts.readValuesToList();
            keepSourceActive(harness, 30);
            assertThat(readAlerts(harness)).isEmpty();
            assertThat(harness.commands.isEmpty()).isTrue();
            harness.event(event(TaskStatus.COMPLETED, 2));
            harness.shared.catchUp().done(0);
            harness.advance(MINUTE);
            assertThat(readAlerts(harness)).isEmpty();
            assertThat(harness.commands.readValue().getTaskId()).isEqualTo("t2");
        }
    }

    @Test
    void silentSourceAlertsOnceInsteadOfPerTask() {
        try (TopologyHarness harness = harness()) {
            IntStream.range(0, 20)
                    .forEach(i -> harness.event(of("quiet" + i, TaskStatus.SCHEDULED, 1, TaskSource.NATIVE)));
            for (int minute = 0; minute < 40; minute++) {
                harness.advance(MINUTE);
            }
            assertThat(readAlerts(harness)).containsExactly("SOURCE_SILENT OPENED");
            harness.event(of("other", TaskStatus.SCHEDULED, 1, TaskSource.NATIVE));
            harness.advance(MINUTE);
            assertThat(readAlerts(harness)).containsExactly("SOURCE_SILENT RESOLVED");
        }
    }

    @Test
    void silenceWithoutLiveTasksDoesNotAlert() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.COMPLETED, 1));
            harness.advance(Duration.ofHours(1));
            harness.advance(Duration.ofHours(1));
            assertThat(readAlerts(harness)).isEmpty();
        }
    }

    @Test
    void terminalTaskIsAuditedOnceAndQuietTaskRepeatedly() {
        try (TopologyHarness harness = harness("ratchet.audit.mode", "on")) {
            harness.event(event(TaskStatus.COMPLETED, 1));
            harness.event(of("t2", TaskStatus.IN_PROGRESS, 7, TaskSource.NATIVE));
            keepSourceActive(harness, 31);
            Map<String, List<RepairCommand>> audits = harness.commands.readValuesToList().stream()
                    .filter(command -> !command.getTaskId().startsWith("other"))
                    .collect(Collectors.groupingBy(RepairCommand::getTaskId));
            assertThat(audits.get("t1")).singleElement().satisfies(audit -> {
                assertThat(audit.getPurpose()).isEqualTo(RepairPurpose.AUDIT);
                assertThat(audit.getHeardSequence()).isEqualTo(1);
                assertThat(audit.getOutput()).isNull();
            });
            assertThat(audits.get("t2")).hasSize(3);
        }
    }

    @Test
    void auditsAboveRateWaitWithoutDelayingRepairs() {
        try (TopologyHarness harness = harness("ratchet.audit.mode", "on", "ratchet.audit.rate", "1")) {
            IntStream.range(0, 100)
                    .forEach(i -> harness.event(of("t" + i, TaskStatus.COMPLETED, 1, TaskSource.NATIVE)));
            loseTerminalStatus(harness, "lost");
            harness.advance(Duration.ofSeconds(31));
            List<RepairCommand> first = harness.commands.readValuesToList();
            assertThat(first)
                    .filteredOn(command -> command.getPurpose() == RepairPurpose.REPAIR)
                    .hasSize(1);
            assertThat(first).hasSizeLessThan(10);
            for (int second = 0; second < 110; second++) {
                harness.advance(Duration.ofSeconds(1));
            }
            assertThat(harness.commands.readValuesToList().size() + first.size())
                    .isEqualTo(101);
        }
    }

    @Test
    void lostUpdateFoundByAuditIsRepaired() {
        try (TopologyHarness harness = harness("ratchet.audit.mode", "on", "ratchet.source", "native")) {
            TaskStatusEvent end = of("t1", TaskStatus.COMPLETED, 5, TaskSource.WEBHOOK);
            end.setOutput("{}");
            harness.event(end);
            harness.audited(of("t1", TaskStatus.IN_PROGRESS, 5, TaskSource.AUDIT));
            assertThat(readAlerts(harness)).containsExactly("LOST_UPDATE OPENED");
            harness.advance(MINUTE);
            assertThat(harness.commands.readValuesToList())
                    .extracting(RepairCommand::getPurpose)
                    .containsExactly(RepairPurpose.REPAIR);
        }
    }

    @Test
    void outputFoundByAuditIsRestored() {
        try (TopologyHarness harness = harness("ratchet.audit.mode", "on", "ratchet.source", "native")) {
            harness.event(of("t1", TaskStatus.IN_PROGRESS, 5, TaskSource.WEBHOOK));
            TaskStatusEvent end = of("t1", TaskStatus.COMPLETED, 5, TaskSource.AUDIT);
            end.setOutput("{\"by\":\"B\"}");
            harness.audited(end);
            assertThat(harness.states().get("t1").task().current().status()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(harness.counters.events(EventSource.AUDIT, OutcomeKind.ACCEPTED))
                    .isEqualTo(1);
            harness.event(of("t1", TaskStatus.IN_PROGRESS, 6, TaskSource.WEBHOOK));
            harness.advance(MINUTE);
            assertThat(harness.commands.readValue().getOutput()).isEqualTo("{\"by\":\"B\"}");
        }
    }

    @Test
    void auditResultsDoNotCountAsSourceActivity() {
        try (TopologyHarness harness = harness("ratchet.audit.mode", "on", "ratchet.source", "native")) {
            harness.event(of("t1", TaskStatus.SCHEDULED, 5, TaskSource.WEBHOOK));
            for (int minute = 0; minute < 40; minute++) {
                harness.audited(of("t2", TaskStatus.IN_PROGRESS, minute, TaskSource.AUDIT));
                harness.advance(MINUTE);
            }
            assertThat(readAlerts(harness)).contains("SOURCE_SILENT OPENED");
        }
    }

    private TopologyHarness harness(String... more) {
        List<String> settings = new java.util.ArrayList<>(List.of(URL, CONDUCTOR, "ratchet.repair.mode", "apply"));
        settings.addAll(List.of(more));
        return new TopologyHarness(state, settings.toArray(String[]::new));
    }

    private static void loseTerminalStatus(TopologyHarness harness) {
        loseTerminalStatus(harness, "t1");
    }

    private static void loseTerminalStatus(TopologyHarness harness, String taskId) {
        harness.event(of(taskId, TaskStatus.IN_PROGRESS, 1, TaskSource.NATIVE));
        TaskStatusEvent end = of(taskId, TaskStatus.COMPLETED, 2, TaskSource.NATIVE);
        end.setOutput("{\"file\":\"a\"}");
        end.setWorkerId("worker-1");
        harness.event(end);
        harness.event(of(taskId, TaskStatus.IN_PROGRESS, 3, TaskSource.NATIVE));
    }

    /** Sends events of another task, so that the source is not silent. */
    private static void keepSourceActive(TopologyHarness harness, int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            harness.event(of("other", TaskStatus.IN_PROGRESS, harness.clock().toEpochMilli(), TaskSource.NATIVE));
            harness.advance(MINUTE);
        }
    }

    private static TaskStatusEvent of(String taskId, TaskStatus status, long sequence, TaskSource source) {
        TaskStatusEvent event = TaskRecords.event(event(status, sequence));
        event.setTaskId(taskId);
        event.setSource(source);
        return event;
    }

    private static List<String> readAlerts(TopologyHarness harness) {
        return harness.alerts.readValuesToList().stream()
                .map(alert -> alert.getKind() + " " + (alert.getState() == AlertState.OPENED ? "OPENED" : "RESOLVED"))
                .toList();
    }
}
