package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Expected;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.state.CapturedOutput;
import dev.ratchet.stream.progress.PartitionProgress;
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

/** What the stream does when time goes by. */
class DueTimersTest {
    private static final String URL = "ratchet.conductor.url";
    private static final String CONDUCTOR = "http://localhost:9/api";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path state;

    @Test
    void aLostEndIsRepairedWithItsOutputOnceTheDivergenceHasSettled() {
        try (Stage stage = stage()) {
            loseAnEnd(stage);
            stage.advance(Duration.ofSeconds(2));
            assertThat(stage.commands.isEmpty()).isTrue();
            stage.advance(Duration.ofSeconds(2));
            RepairCommand command = stage.commands.readValue();
            assertThat(command.getPurpose()).isEqualTo(RepairPurpose.REPAIR);
            assertThat(command.getCommandId()).isEqualTo("t1/1/3/1");
            assertThat(command.getStatus().name()).isEqualTo("COMPLETED");
            assertThat(command.getHeardStatus().name()).isEqualTo("IN_PROGRESS");
            assertThat(command.getOutput()).isEqualTo("{\"file\":\"a\"}");
            assertThat(command.getWorkerId()).isEqualTo("worker-1");
            stage.advance(Duration.ofMinutes(4));
            assertThat(stage.commands.isEmpty())
                    .as("no second while the first may still be answered")
                    .isTrue();

            stage.alerts.readValuesToList();
            stage.result(command, RepairOutcome.REPAIRED, dev.ratchet.v1.TaskStatus.COMPLETED);
            stage.result(command, RepairOutcome.REPAIRED, dev.ratchet.v1.TaskStatus.COMPLETED);
            assertThat(readAlerts(stage)).containsExactly("LOST_UPDATE RESOLVED");
            assertThat(stage.counters.answers(RepairState.Result.REPAIRED)).isEqualTo(2);
            stage.advance(Duration.ofHours(1));
            assertThat(stage.commands.isEmpty()).isTrue();
        }
    }

    @Test
    void aDivergenceThatEndsByItselfIsLeftAlone() {
        try (Stage stage = stage()) {
            loseAnEnd(stage);
            stage.event(event(TaskStatus.COMPLETED, 4));
            stage.advance(MINUTE);
            assertThat(stage.commands.isEmpty()).isTrue();
        }
    }

    @Test
    void aRepairThatFailsIsTriedAgainUntilItIsGivenUp() {
        try (Stage stage = stage("ratchet.repair.attempts", "3")) {
            loseAnEnd(stage);
            stage.alerts.readValuesToList();
            for (int attempt = 1; attempt <= 3; attempt++) {
                stage.advance(MINUTE);
                RepairCommand command = stage.commands.readValue();
                assertThat(command.getAttempt()).isEqualTo(attempt);
                assertThat(command.getOutput()).isNotNull();
                assertThat(readAlerts(stage)).isEmpty();
                stage.result(command, RepairOutcome.FAILED, dev.ratchet.v1.TaskStatus.IN_PROGRESS);
            }
            assertThat(stage.alerts.readValuesToList()).singleElement().satisfies(alert -> {
                assertThat(alert.getKind().name()).isEqualTo("REPAIR_FAILED");
                assertThat(alert.getMessage())
                        .isEqualTo(
                                "Repair failed after attempt 3 (GIVEN_UP): could not set the task to COMPLETED in Conductor: because");
            });
            stage.advance(Duration.ofHours(5));
            assertThat(stage.commands.isEmpty()).isTrue();
        }
    }

    @Test
    void aRepairWithoutAResultIsIssuedAgainAndRepairFailedIsRaisedInTheEnd() {
        try (Stage stage = stage("ratchet.repair.attempts", "2")) {
            loseAnEnd(stage);
            stage.advance(MINUTE);
            RepairCommand first = stage.commands.readValue();
            stage.alerts.readValuesToList();
            stage.advance(Duration.ofMinutes(6));
            assertThat(stage.commands.readValue().getCommandId()).isEqualTo("t1/1/3/2");
            assertThat(readAlerts(stage)).isEmpty();
            stage.advance(Duration.ofMinutes(11));
            assertThat(stage.commands.isEmpty()).isTrue();
            assertThat(readAlerts(stage)).containsExactly("REPAIR_FAILED OPENED");
            assertThat(stage.counters.unansweredRepairs()).isEqualTo(2);
            stage.result(first, RepairOutcome.REPAIRED, dev.ratchet.v1.TaskStatus.COMPLETED);
            assertThat(readAlerts(stage)).containsExactly("LOST_UPDATE RESOLVED", "REPAIR_FAILED RESOLVED");
        }
    }

    @Test
    void aTaskThatConductorLosesAgainAndAgainIsLeftToAPersonInTheEnd() {
        try (Stage stage = stage("ratchet.repair.attempts", "1")) {
            loseAnEnd(stage);
            for (int repairs = 1; repairs <= 4; repairs++) {
                stage.advance(Duration.ofSeconds(4));
                stage.result(stage.commands.readValue(), RepairOutcome.REPAIRED, dev.ratchet.v1.TaskStatus.COMPLETED);
                stage.alerts.readValuesToList();
                stage.event(event(TaskStatus.IN_PROGRESS, 10 + repairs));
            }
            assertThat(readAlerts(stage)).containsExactly("LOST_UPDATE OPENED");
            stage.advance(Duration.ofSeconds(4));
            assertThat(stage.commands.isEmpty()).isTrue();
            assertThat(stage.alerts.readValuesToList())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.getMessage())
                            .isEqualTo(
                                    "Repair failed after 4 repairs of this epoch (EXHAUSTED): could not set the task to COMPLETED"
                                            + " in Conductor"));
            stage.event(event(TaskStatus.IN_PROGRESS, 20));
            stage.advance(Duration.ofHours(1));
            assertThat(stage.commands.isEmpty()).isTrue();
            assertThat(readAlerts(stage)).isEmpty();
        }
    }

    @Test
    void whatWasGivenUpIsTriedAgainAtOnceIfSomeoneAsksForIt() {
        try (Stage stage = stage("ratchet.repair.attempts", "1")) {
            stage.retry("t1"); // which nobody knows
            loseAnEnd(stage);
            stage.advance(MINUTE);
            stage.result(stage.commands.readValue(), RepairOutcome.FAILED, dev.ratchet.v1.TaskStatus.IN_PROGRESS);
            stage.alerts.readValuesToList();
            stage.retry("t1");
            assertThat(readAlerts(stage)).containsExactly("REPAIR_FAILED RESOLVED");
            stage.advance(Duration.ofSeconds(1));
            RepairCommand again = stage.commands.readValue();
            assertThat(again.getAttempt()).isEqualTo(1);
            stage.result(again, RepairOutcome.REPAIRED, dev.ratchet.v1.TaskStatus.COMPLETED);
            assertThat(readAlerts(stage)).containsExactly("LOST_UPDATE RESOLVED");
            stage.retry("t1");
            stage.advance(MINUTE);
            assertThat(stage.commands.isEmpty())
                    .as("there is nothing to repair any more")
                    .isTrue();
            assertThat(stage.counters.events(EventSource.AUDIT, OutcomeKind.IGNORED))
                    .isEqualTo(3);
        }
    }

    @Test
    void anOutputThatIsHeardLateIsRepairedWith() {
        try (Stage stage = stage()) {
            TaskStatusEvent end = TaskRecords.event(event(TaskStatus.COMPLETED, 2));
            stage.event(event(TaskStatus.IN_PROGRESS, 1));
            stage.event(end);
            stage.event(event(TaskStatus.IN_PROGRESS, 3));
            stage.advance(MINUTE);
            stage.result(
                    stage.commands.readValue(), RepairOutcome.NOT_REPAIRABLE, dev.ratchet.v1.TaskStatus.IN_PROGRESS);
            stage.advance(MINUTE);
            assertThat(stage.commands.isEmpty()).isTrue();
            stage.alerts.readValuesToList();

            end.setOutput("{\"file\":\"a\"}");
            stage.event(end);
            assertThat(readAlerts(stage)).containsExactly("REPAIR_FAILED RESOLVED");
            stage.advance(Duration.ofSeconds(4));
            assertThat(stage.commands.readValue().getOutput()).isEqualTo("{\"file\":\"a\"}");
        }
    }

    @Test
    void aDryRunIsSaidOnce() {
        try (Stage stage = new Stage(state, URL, CONDUCTOR)) {
            loseAnEnd(stage);
            stage.advance(MINUTE);
            stage.result(stage.commands.readValue(), RepairOutcome.DRY_RUN, dev.ratchet.v1.TaskStatus.IN_PROGRESS);
            stage.advance(MINUTE);
            stage.event(event(TaskStatus.IN_PROGRESS, 9));
            stage.advance(Duration.ofHours(1));
            assertThat(stage.commands.isEmpty()).isTrue();
        }
    }

    @Test
    void withRepairOffNothingIsKeptAndNothingIssued() {
        try (Stage stage = new Stage(state, URL, CONDUCTOR, "ratchet.repair.mode", "off", "ratchet.audit.mode", "on")) {
            loseAnEnd(stage);
            stage.advance(Duration.ofMinutes(9));
            assertThat(stage.commands.isEmpty()).isTrue();
            assertThat(stage.states().get("t1").task().diverges()).isTrue();
        }
    }

    @Test
    void everyLostEndOfTheIncidentIsRepairedWithItsOutput() {
        try (Stage stage = stage()) {
            Recordings.cdc("race_176").forEach(record -> stage.cdc(record.key(), record.value()));
            stage.advance(MINUTE);
            List<RepairCommand> commands = stage.commands.readValuesToList();
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
    void aTaskOfWhichNothingIsHeardIsStuckUntilItIs() {
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.SCHEDULED, 1));
            keepOthersTalking(stage, 16);
            assertThat(readAlerts(stage)).containsExactly("STUCK OPENED");
            keepOthersTalking(stage, 60);
            assertThat(readAlerts(stage)).isEmpty();
            stage.event(event(TaskStatus.IN_PROGRESS, 2));
            assertThat(readAlerts(stage)).containsExactly("STUCK RESOLVED");
        }
    }

    @Test
    void aHeartbeatWritesNoTimer() {
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.IN_PROGRESS, 1));
            assertThat(stage.timersChangelog.readValuesToList()).hasSize(1);
            for (int beat = 2; beat < 20; beat++) {
                stage.advance(MINUTE);
                stage.event(event(TaskStatus.IN_PROGRESS, beat));
            }
            assertThat(stage.timersChangelog.readValuesToList()).isEmpty();
        }
    }

    @Test
    void aTaskThatEndedLongAgoIsForgottenWithATombstone() {
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.IN_PROGRESS, 1));
            stage.event(event(TaskStatus.COMPLETED, 2));
            stage.changelog.readValuesToList();
            stage.advance(Duration.ofDays(6));
            stage.advance(Duration.ofDays(1));
            TestRecord<String, ?> tombstone = stage.changelog.readRecord();
            assertThat(tombstone.key()).isEqualTo("t1");
            assertThat(tombstone.value()).isNull();
            assertThat(stage.states().get("t1")).isNull();
            assertThat(stage.timers()).isZero();
            stage.event(event(TaskStatus.IN_PROGRESS, 3));
            assertThat(stage.changelog.readValue().getRevision()).isEqualTo(1);
            assertThat(stage.states().get("t1").task().diverges()).isFalse();
        }
    }

    @Test
    void aTaskOfWhichNothingIsHeardForVeryLongIsForgottenThoughItHasNotEnded() {
        try (Stage stage = stage("ratchet.retention.live", "PT3H", "ratchet.audit.mode", "on")) {
            stage.event(of("t1", TaskStatus.IN_PROGRESS, 1, TaskSource.NATIVE));
            stage.changelog.readValuesToList();
            keepOthersTalking(stage, 190);
            assertThat(stage.states().get("t1")).isNull();
            assertThat(stage.states().get("other")).isNotNull();
            assertThat(stage.changelog.readRecordsToList())
                    .filteredOn(record -> record.key().equals("t1"))
                    .singleElement()
                    .satisfies(tombstone -> assertThat(tombstone.value()).isNull());
            assertThat(readAlerts(stage)).containsExactly("STUCK OPENED", "STUCK RESOLVED");
            stage.commands.readValuesToList();
            keepOthersTalking(stage, 60);
            assertThat(stage.commands.readValuesToList())
                    .extracting(RepairCommand::getTaskId)
                    .doesNotContain("t1");
        }
    }

    @Test
    void anOutputIsDroppedWhenItWasKeptLongEnough() {
        try (Stage stage = stage()) {
            loseAnEnd(stage);
            stage.event(of("t1", TaskStatus.COMPLETED, 4, TaskSource.NATIVE));
            assertThat(stage.outputs().get("t1")).isNotNull();
            keepOthersTalking(stage, 59);
            assertThat(stage.outputs().get("t1")).isNotNull();
            keepOthersTalking(stage, 2);
            assertThat(stage.outputs().get("t1")).isNull();
            stage.event(of("t1", TaskStatus.IN_PROGRESS, 5, TaskSource.NATIVE));
            stage.advance(MINUTE);
            assertThat(stage.commands.readValue().getOutput()).isNull();
        }
    }

    @Test
    void anOutputIsDroppedInTimeAfterRepairWasSwitchedOff() {
        try (Stage stage = new Stage(state)) {
            stage.event(event(TaskStatus.COMPLETED, 1));
            TrackedTask kept = stage.states().get("t1");
            long dropAt = kept.lastEventAt() + MINUTE.toMillis();
            stage.states()
                    .put(
                            "t1",
                            new TrackedTask(
                                    kept.task(),
                                    kept.lastEventAt(),
                                    TrackedTask.NEVER,
                                    dropAt,
                                    kept.nextCheckAt(),
                                    TrackedTask.NEVER));
            stage.outputs().put("t1", new CapturedOutput(1, TaskStatus.COMPLETED, 1, TaskOutput.NONE));
            stage.advance(Duration.ofDays(7).plusMinutes(1));
            assertThat(stage.outputs().get("t1")).isNull();
        }
    }

    @Test
    void nothingFiresBeforeThePartitionHasCaughtUp() {
        try (Stage stage = stage()) {
            stage.shared.catchUp().assigned(0);
            stage.event(event(TaskStatus.SCHEDULED, 1));
            loseAnEnd(stage, "t2");
            stage.alerts.readValuesToList();
            keepOthersTalking(stage, 30);
            assertThat(readAlerts(stage)).isEmpty();
            assertThat(stage.commands.isEmpty()).isTrue();
            stage.event(event(TaskStatus.COMPLETED, 2));
            stage.shared.catchUp().assigned().forEach(PartitionProgress::done);
            stage.advance(MINUTE);
            assertThat(readAlerts(stage)).isEmpty();
            assertThat(stage.commands.readValue().getTaskId()).isEqualTo("t2");
        }
    }

    @Test
    void aSilentSourceIsReportedOnceInsteadOfEveryTask() {
        try (Stage stage = stage()) {
            IntStream.range(0, 20)
                    .forEach(i -> stage.event(of("quiet" + i, TaskStatus.SCHEDULED, 1, TaskSource.NATIVE)));
            for (int minute = 0; minute < 40; minute++) {
                stage.advance(MINUTE);
            }
            assertThat(readAlerts(stage)).containsExactly("SOURCE_SILENT OPENED");
            stage.event(of("other", TaskStatus.SCHEDULED, 1, TaskSource.NATIVE));
            stage.advance(MINUTE);
            assertThat(readAlerts(stage)).containsExactly("SOURCE_SILENT RESOLVED");
        }
    }

    @Test
    void silenceIsNothingToTellWhereNoTaskIsLive() {
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.COMPLETED, 1));
            stage.advance(Duration.ofHours(1));
            stage.advance(Duration.ofHours(1));
            assertThat(readAlerts(stage)).isEmpty();
        }
    }

    @Test
    void anEndIsAuditedOnceAndAQuietTaskAgainAndAgain() {
        try (Stage stage = stage("ratchet.audit.mode", "on")) {
            stage.event(event(TaskStatus.COMPLETED, 1));
            stage.event(of("t2", TaskStatus.IN_PROGRESS, 7, TaskSource.NATIVE));
            keepOthersTalking(stage, 31);
            Map<String, List<RepairCommand>> audits = stage.commands.readValuesToList().stream()
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
    void auditsBeyondTheRateWaitAndHoldUpNothingElse() {
        try (Stage stage = stage("ratchet.audit.mode", "on", "ratchet.audit.rate", "1")) {
            IntStream.range(0, 100).forEach(i -> stage.event(of("t" + i, TaskStatus.COMPLETED, 1, TaskSource.NATIVE)));
            loseAnEnd(stage, "lost");
            stage.advance(Duration.ofSeconds(31));
            List<RepairCommand> first = stage.commands.readValuesToList();
            assertThat(first)
                    .filteredOn(command -> command.getPurpose() == RepairPurpose.REPAIR)
                    .hasSize(1);
            assertThat(first).hasSizeLessThan(10);
            for (int second = 0; second < 110; second++) {
                stage.advance(Duration.ofSeconds(1));
            }
            assertThat(stage.commands.readValuesToList().size() + first.size()).isEqualTo(101);
        }
    }

    @Test
    void whatAnAuditFindsBehindIsRepairedThoughTheSourceNeverReportedIt() {
        try (Stage stage = stage("ratchet.audit.mode", "on", "ratchet.source", "native")) {
            TaskStatusEvent end = of("t1", TaskStatus.COMPLETED, 5, TaskSource.WEBHOOK);
            end.setOutput("{}");
            stage.event(end);
            stage.audited(of("t1", TaskStatus.IN_PROGRESS, 5, TaskSource.AUDIT));
            assertThat(readAlerts(stage)).containsExactly("LOST_UPDATE OPENED");
            stage.advance(MINUTE);
            assertThat(stage.commands.readValuesToList())
                    .extracting(RepairCommand::getPurpose)
                    .containsExactly(RepairPurpose.REPAIR);
        }
    }

    @Test
    void theOutputOfAnEndThatAnAuditFoundIsRestored() {
        try (Stage stage = stage("ratchet.audit.mode", "on", "ratchet.source", "native")) {
            stage.event(of("t1", TaskStatus.IN_PROGRESS, 5, TaskSource.WEBHOOK));
            TaskStatusEvent end = of("t1", TaskStatus.COMPLETED, 5, TaskSource.AUDIT);
            end.setOutput("{\"by\":\"B\"}");
            stage.audited(end);
            assertThat(stage.states().get("t1").task().current().status()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(stage.counters.events(EventSource.AUDIT, OutcomeKind.ACCEPTED))
                    .isEqualTo(1);
            stage.event(of("t1", TaskStatus.IN_PROGRESS, 6, TaskSource.WEBHOOK));
            stage.advance(MINUTE);
            assertThat(stage.commands.readValue().getOutput()).isEqualTo("{\"by\":\"B\"}");
        }
    }

    @Test
    void whatAnAuditFoundIsNoSignThatTheSourceIsAlive() {
        try (Stage stage = stage("ratchet.audit.mode", "on", "ratchet.source", "native")) {
            stage.event(of("t1", TaskStatus.SCHEDULED, 5, TaskSource.WEBHOOK));
            for (int minute = 0; minute < 40; minute++) {
                stage.audited(of("t2", TaskStatus.IN_PROGRESS, minute, TaskSource.AUDIT));
                stage.advance(MINUTE);
            }
            assertThat(readAlerts(stage)).contains("SOURCE_SILENT OPENED");
        }
    }

    private Stage stage(String... more) {
        List<String> settings = new java.util.ArrayList<>(List.of(URL, CONDUCTOR, "ratchet.repair.mode", "apply"));
        settings.addAll(List.of(more));
        return new Stage(state, settings.toArray(String[]::new));
    }

    private static void loseAnEnd(Stage stage) {
        loseAnEnd(stage, "t1");
    }

    private static void loseAnEnd(Stage stage, String taskId) {
        stage.event(of(taskId, TaskStatus.IN_PROGRESS, 1, TaskSource.NATIVE));
        TaskStatusEvent end = of(taskId, TaskStatus.COMPLETED, 2, TaskSource.NATIVE);
        end.setOutput("{\"file\":\"a\"}");
        end.setWorkerId("worker-1");
        stage.event(end);
        stage.event(of(taskId, TaskStatus.IN_PROGRESS, 3, TaskSource.NATIVE));
    }

    /** So that it is not the source that is silent. */
    private static void keepOthersTalking(Stage stage, int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            stage.event(of("other", TaskStatus.IN_PROGRESS, stage.clock().toEpochMilli(), TaskSource.NATIVE));
            stage.advance(MINUTE);
        }
    }

    private static TaskStatusEvent of(String taskId, TaskStatus status, long sequence, TaskSource source) {
        TaskStatusEvent event = TaskRecords.event(event(status, sequence));
        event.setTaskId(taskId);
        event.setSource(source);
        return event;
    }

    private static List<String> readAlerts(Stage stage) {
        return stage.alerts.readValuesToList().stream()
                .map(alert -> alert.getKind() + " " + (alert.getState() == AlertState.OPENED ? "OPENED" : "RESOLVED"))
                .toList();
    }
}
