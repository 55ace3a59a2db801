package dev.ratchet.repair;

import static dev.ratchet.repair.FakeConductor.SCHEDULED_AT;
import static dev.ratchet.repair.FakeConductor.STARTED_AT;
import static dev.ratchet.repair.FakeConductor.TASK;
import static dev.ratchet.repair.FakeConductor.row;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AuditRuleTest {
    private static final long NOW = 9_000;

    @ParameterizedTest
    @EnumSource(TaskStatus.class)
    void reportedStatusIsConsistent(TaskStatus status) {
        thenFinds(AuditFinding.CONSISTENT, of(status, status, row(status.name())));
    }

    @Test
    void unreportedTerminalStatusGetsSequenceOfLastReport() {
        ConductorTask row = row("COMPLETED", SCHEDULED_AT, 0, STARTED_AT, 2_000, 4);

        AuditResult result = of(IN_PROGRESS, IN_PROGRESS, row);

        assertThat(result.finding()).isEqualTo(AuditFinding.AHEAD);
        assertThat(result.event())
                .contains(new StatusEvent(row.task(), COMPLETED, 3, 77, 2_000, EventSource.AUDIT, row.evidence()));
    }

    @ParameterizedTest
    @CsvSource({"SCHEDULED, IN_PROGRESS", "IN_PROGRESS, SCHEDULED", "FAILED, COMPLETED_WITH_ERRORS", "COMPLETED, FAILED"
    })
    void otherStatusInConductorIsReported(TaskStatus lastReported, TaskStatus holds) {
        AuditResult result = of(lastReported, lastReported, row(holds.name()));

        assertThat(result.finding()).isEqualTo(AuditFinding.AHEAD);
        assertThat(result.event()).map(StatusEvent::status).contains(holds);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"SCHEDULED", "IN_PROGRESS"})
    void lostTerminalStatusIsReported(TaskStatus holds) {
        AuditResult result = of(COMPLETED, COMPLETED, row(holds.name()));

        assertThat(result.finding()).isEqualTo(AuditFinding.BEHIND);
        assertThat(result.event()).map(StatusEvent::status).contains(holds);
    }

    @Test
    void knownLostUpdateIsConsistent() {
        thenFinds(AuditFinding.CONSISTENT, of(COMPLETED, IN_PROGRESS, row("IN_PROGRESS")));
    }

    @Test
    void endedDivergenceIsReported() {
        assertThat(of(COMPLETED, IN_PROGRESS, row("COMPLETED")).event())
                .map(StatusEvent::status)
                .contains(COMPLETED);
    }

    @ParameterizedTest
    @CsvSource({"1001, 0, 1010", "1000, 1, 1010", "1000, 0, 1011", "999, 0, 1010"})
    void otherEpochIsNotReported(long scheduled, int retries, long started) {
        thenFinds(
                AuditFinding.OTHER_EPOCH,
                of(IN_PROGRESS, IN_PROGRESS, row("COMPLETED", scheduled, retries, started, 2_000, 1)));
        thenFinds(
                AuditFinding.OTHER_EPOCH,
                of(COMPLETED, COMPLETED, row("IN_PROGRESS", scheduled, retries, started, 0, 1)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1010", "1000, -1, 1010", "1000, 0, 0"})
    void valuesThatRowLacksAreNotCompared(long scheduled, int retries, long started) {
        assertThat(of(IN_PROGRESS, IN_PROGRESS, row("COMPLETED", scheduled, retries, started, 2_000, 1))
                        .finding())
                .isEqualTo(AuditFinding.AHEAD);
    }

    @Test
    void unreportedValuesAreNotCompared() {
        AuditRequest asked = new AuditRequest(TASK, 1, 5, IN_PROGRESS, IN_PROGRESS, EpochKey.UNKNOWN, 0, 0);

        assertThat(AuditRule.compare(asked, Optional.of(row("FAILED")), NOW).finding())
                .isEqualTo(AuditFinding.AHEAD);
    }

    @Test
    void deliberatelyReopenedTaskIsNotReported() {
        thenFinds(
                AuditFinding.REOPENED,
                of(COMPLETED, COMPLETED, row("SCHEDULED", SCHEDULED_AT, 0, STARTED_AT, 1_500, 1)));
        thenFinds(
                AuditFinding.REOPENED, of(FAILED, SCHEDULED, row("SCHEDULED", SCHEDULED_AT, 0, STARTED_AT, 1_500, 1)));
    }

    @Test
    void endTimeOfLiveTaskDoesNotMatter() {
        assertThat(of(SCHEDULED, SCHEDULED, row("IN_PROGRESS", SCHEDULED_AT, 0, STARTED_AT, 1_500, 1))
                        .finding())
                .isEqualTo(AuditFinding.AHEAD);
    }

    @Test
    void missingTaskHasNoEvent() {
        thenFinds(AuditFinding.NO_SUCH_TASK, AuditRule.compare(asked(COMPLETED, COMPLETED), Optional.empty(), NOW));
    }

    @Test
    void unreadableRowIsNotReported() {
        thenFinds(AuditFinding.UNREADABLE, of(IN_PROGRESS, IN_PROGRESS, row("PONDERING")));
        thenFinds(
                AuditFinding.UNREADABLE,
                of(IN_PROGRESS, IN_PROGRESS, row("t2", "COMPLETED", SCHEDULED_AT, 0, STARTED_AT, 0, 1)));
    }

    @Test
    void eventOfRowWithoutTimesOccursNow() {
        assertThat(of(SCHEDULED, SCHEDULED, row("FAILED", 0, 0, 0, 0, 1)).event())
                .map(StatusEvent::occurredAt)
                .contains(NOW);
    }

    private static void thenFinds(AuditFinding finding, AuditResult result) {
        assertThat(result.finding()).isEqualTo(finding);
        assertThat(result.event()).isEmpty();
    }

    private static AuditResult of(TaskStatus current, TaskStatus lastReported, ConductorTask row) {
        return AuditRule.compare(asked(current, lastReported), Optional.of(row), NOW);
    }

    private static AuditRequest asked(TaskStatus current, TaskStatus lastReported) {
        return new AuditRequest(TASK, 3, 77, current, lastReported, new EpochKey(SCHEDULED_AT, 0), STARTED_AT, 0);
    }
}
