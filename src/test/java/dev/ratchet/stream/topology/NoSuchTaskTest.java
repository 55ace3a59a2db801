package dev.ratchet.stream.topology;

import static dev.ratchet.v1.AuditFinding.CONSISTENT;
import static dev.ratchet.v1.AuditFinding.NO_SUCH_TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairPurpose;
import dev.ratchet.v1.TaskStatusChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that Conductor does not know. */
class NoSuchTaskTest {
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private TopologyHarness harness;

    @BeforeEach
    void open() {
        harness = new TopologyHarness(
                folder, "ratchet.conductor.url", "http://localhost:9/api", "ratchet.audit.mode", "on");
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void secondConsecutiveNotFoundCountsAsDeletion() {
        harness.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        RepairCommand first = nextAudit();
        assertThat(first.getAttempt()).isZero();
        harness.audited(first, NO_SUCH_TASK);
        assertThat(tracked().isLive()).isTrue();

        RepairCommand second = nextAudit();
        assertThat(second.getCommandId()).isEqualTo("t1/1/7/1");
        harness.audited(second, NO_SUCH_TASK);
        assertThat(tracked().isLive()).isFalse();
        assertThat(tracked().task().lastReported().isDeleted()).isTrue();
        assertThat(harness.counters.events(EventSource.AUDIT, OutcomeKind.IGNORED))
                .isEqualTo(2);
        assertThat(harness.counters.read()).isEqualTo(3);
    }

    @Test
    void goneTaskIsNotAuditedAgainAndForgottenAfterRetention() {
        reportNotFoundTwice();
        harness.changelog.readValuesToList();
        harness.advance(Duration.ofDays(6));
        assertThat(harness.commands.isEmpty()).isTrue();
        harness.advance(Duration.ofDays(1));
        TestRecord<String, TaskStatusChange> tombstone = harness.changelog.readRecord();
        assertThat(tombstone.key()).isEqualTo("t1");
        assertThat(tombstone.value()).isNull();
        assertThat(harness.states().get("t1")).isNull();
        harness.advance(INTERVAL);
        assertThat(harness.commands.isEmpty()).isTrue();
    }

    @Test
    void goneTaskResolvesItsAlerts() {
        harness.event(RatchetTopologyTest.event(TaskStatus.COMPLETED, 2));
        harness.event(RatchetTopologyTest.event(TaskStatus.FAILED, 3));
        assertThat(harness.alerts.readValue().getKind().name()).isEqualTo("TERMINAL_CONFLICT");
        harness.audited(nextAudit(), NO_SUCH_TASK);
        assertThat(harness.alerts.isEmpty()).isTrue();
        harness.audited(nextAudit(), NO_SUCH_TASK);
        assertThat(harness.alerts.readValue().getState()).isEqualTo(AlertState.RESOLVED);
    }

    @Test
    void redeliveredAnswerCountsOnce() {
        harness.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        RepairCommand first = nextAudit();
        harness.audited(first, NO_SUCH_TASK);
        harness.audited(first, NO_SUCH_TASK);
        assertThat(tracked().notFoundCount()).isEqualTo(1);
    }

    @Test
    void answerThatFindsTaskResetsCount() {
        harness.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        harness.audited(nextAudit(), NO_SUCH_TASK);
        harness.audited(nextAudit(), CONSISTENT);
        assertThat(tracked().notFoundCount()).isZero();
        RepairCommand third = nextAudit();
        assertThat(third.getAttempt()).isZero();
        harness.audited(third, NO_SUCH_TASK);
        assertThat(tracked().isLive()).isTrue();
    }

    @Test
    void eventResetsCount() {
        harness.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        harness.audited(nextAudit(), NO_SUCH_TASK);
        RepairCommand second = nextAudit();
        harness.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 8));
        harness.audited(second, NO_SUCH_TASK);
        assertThat(tracked().notFoundCount()).isZero();
        assertThat(tracked().isLive()).isTrue();
    }

    @Test
    void duplicateEventResetsCount() {
        harness.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        harness.audited(nextAudit(), NO_SUCH_TASK);
        harness.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        assertThat(harness.counters.events(EventSource.NATIVE, OutcomeKind.DUPLICATE))
                .isEqualTo(1);
        assertThat(tracked().notFoundCount()).isZero();
    }

    @Test
    void eventAfterSecondNotFoundRevivesTask() {
        reportNotFoundTwice();
        harness.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 8));
        assertThat(tracked().isLive()).isTrue();
        assertThat(tracked().notFoundCount()).isZero();
    }

    @Test
    void answerAboutForgottenTaskChangesNothing() {
        harness.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        RepairCommand command = nextAudit();
        command.setTaskId("t2");
        harness.audited(command, NO_SUCH_TASK);
        assertThat(harness.states().get("t2")).isNull();
        assertThat(harness.counters.read()).isEqualTo(2);
    }

    @Test
    void goneTaskIsAuditedOnlyTwice() {
        harness.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        int asked = 0;
        for (int minute = 0; minute < 600; minute++) {
            harness.advance(Duration.ofMinutes(1));
            List<RepairCommand> commands = harness.commands.readValuesToList();
            commands.forEach(command -> harness.audited(command, NO_SUCH_TASK));
            asked += commands.size();
        }
        assertThat(asked).isEqualTo(2);
    }

    private void reportNotFoundTwice() {
        harness.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        harness.audited(nextAudit(), NO_SUCH_TASK);
        harness.audited(nextAudit(), NO_SUCH_TASK);
    }

    /** The next audit command. */
    private RepairCommand nextAudit() {
        harness.advance(INTERVAL);
        RepairCommand command = harness.commands.readValue();
        assertThat(command.getPurpose()).isEqualTo(RepairPurpose.AUDIT);
        return command;
    }

    private TrackedTask tracked() {
        return harness.states().get("t1");
    }
}
