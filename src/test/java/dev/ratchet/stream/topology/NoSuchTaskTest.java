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

/** What becomes of a task that Conductor answers it does not know. */
class NoSuchTaskTest {
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private Stage stage;

    @BeforeEach
    void open() {
        stage = new Stage(folder, "ratchet.conductor.url", "http://localhost:9/api", "ratchet.audit.mode", "on");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theSecondAnswerRunningEndsItLikeADeletion() {
        stage.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        RepairCommand first = question();
        assertThat(first.getAttempt()).isZero();
        stage.audited(first, NO_SUCH_TASK);
        assertThat(tracked().isLive()).isTrue();

        RepairCommand second = question();
        assertThat(second.getCommandId()).isEqualTo("t1/1/7/1");
        stage.audited(second, NO_SUCH_TASK);
        assertThat(tracked().isLive()).isFalse();
        assertThat(tracked().task().lastReported().isDeleted()).isTrue();
        assertThat(stage.counters.events(EventSource.AUDIT, OutcomeKind.IGNORED))
                .isEqualTo(2);
        assertThat(stage.counters.read()).isEqualTo(3);
    }

    @Test
    void itIsNeverAskedAboutAgainAndForgottenAfterTheRetention() {
        endByTwoAnswers();
        stage.changelog.readValuesToList();
        stage.advance(Duration.ofDays(6));
        assertThat(stage.commands.isEmpty()).isTrue();
        stage.advance(Duration.ofDays(1));
        TestRecord<String, TaskStatusChange> tombstone = stage.changelog.readRecord();
        assertThat(tombstone.key()).isEqualTo("t1");
        assertThat(tombstone.value()).isNull();
        assertThat(stage.states().get("t1")).isNull();
        stage.advance(INTERVAL);
        assertThat(stage.commands.isEmpty()).isTrue();
    }

    @Test
    void itsAlertsAreResolved() {
        stage.event(RatchetTopologyTest.event(TaskStatus.COMPLETED, 2));
        stage.event(RatchetTopologyTest.event(TaskStatus.FAILED, 3));
        assertThat(stage.alerts.readValue().getKind().name()).isEqualTo("TERMINAL_CONFLICT");
        stage.audited(question(), NO_SUCH_TASK);
        assertThat(stage.alerts.isEmpty()).isTrue();
        stage.audited(question(), NO_SUCH_TASK);
        assertThat(stage.alerts.readValue().getState()).isEqualTo(AlertState.RESOLVED);
    }

    @Test
    void theSameAnswerTwiceIsOne() {
        stage.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        RepairCommand first = question();
        stage.audited(first, NO_SUCH_TASK);
        stage.audited(first, NO_SUCH_TASK);
        assertThat(tracked().notFoundCount()).isEqualTo(1);
    }

    @Test
    void anAnswerThatFindsItStartsTheCountOver() {
        stage.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        stage.audited(question(), NO_SUCH_TASK);
        stage.audited(question(), CONSISTENT);
        assertThat(tracked().notFoundCount()).isZero();
        RepairCommand third = question();
        assertThat(third.getAttempt()).isZero();
        stage.audited(third, NO_SUCH_TASK);
        assertThat(tracked().isLive()).isTrue();
    }

    @Test
    void aRecordOfTheTaskStartsTheCountOver() {
        stage.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        stage.audited(question(), NO_SUCH_TASK);
        RepairCommand second = question();
        stage.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 8));
        stage.audited(second, NO_SUCH_TASK);
        assertThat(tracked().notFoundCount()).isZero();
        assertThat(tracked().isLive()).isTrue();
    }

    @Test
    void soDoesARecordThatTellsNothingNew() {
        stage.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        stage.audited(question(), NO_SUCH_TASK);
        stage.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        assertThat(stage.counters.events(EventSource.NATIVE, OutcomeKind.DUPLICATE))
                .isEqualTo(1);
        assertThat(tracked().notFoundCount()).isZero();
    }

    @Test
    void aRecordAfterTheSecondAnswerBringsItBack() {
        endByTwoAnswers();
        stage.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 8));
        assertThat(tracked().isLive()).isTrue();
        assertThat(tracked().notFoundCount()).isZero();
    }

    @Test
    void anAnswerAboutATaskThatWasForgottenChangesNothing() {
        stage.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        RepairCommand command = question();
        command.setTaskId("t2");
        stage.audited(command, NO_SUCH_TASK);
        assertThat(stage.states().get("t2")).isNull();
        assertThat(stage.counters.read()).isEqualTo(2);
    }

    @Test
    void manySuchTasksDoNotUseUpTheAuditRate() {
        stage.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        int asked = 0;
        for (int minute = 0; minute < 600; minute++) {
            stage.advance(Duration.ofMinutes(1));
            List<RepairCommand> commands = stage.commands.readValuesToList();
            commands.forEach(command -> stage.audited(command, NO_SUCH_TASK));
            asked += commands.size();
        }
        assertThat(asked).isEqualTo(2);
    }

    private void endByTwoAnswers() {
        stage.event(RatchetTopologyTest.event(TaskStatus.IN_PROGRESS, 7));
        stage.audited(question(), NO_SUCH_TASK);
        stage.audited(question(), NO_SUCH_TASK);
    }

    /** The next one that is put to Conductor. */
    private RepairCommand question() {
        stage.advance(INTERVAL);
        RepairCommand command = stage.commands.readValue();
        assertThat(command.getPurpose()).isEqualTo(RepairPurpose.AUDIT);
        return command;
    }

    private TrackedTask tracked() {
        return stage.states().get("t1");
    }
}
