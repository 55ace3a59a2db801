package dev.ratchet.stream.topology;

import static dev.ratchet.v1.TaskStatus.COMPLETED;
import static dev.ratchet.v1.TaskStatus.FAILED;
import static dev.ratchet.v1.TaskStatus.IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Recordings;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which output a repair restores, whatever reports of an end arrive in whatever order. */
class CapturedOutputTest {
    private static final String OUTPUT = "{\"file\":\"a\"}";
    private static final String NONE = null;

    @TempDir
    Path folder;

    private Stage stage;

    @BeforeEach
    void open() {
        stage = new Stage(folder, "ratchet.conductor.url", "http://localhost:9/api", "ratchet.repair.mode", "apply");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void itSurvivesTheSameEndReportedAgainWithALowerSequence() {
        reports(COMPLETED, 5, OUTPUT);
        reports(COMPLETED, 3, NONE);
        assertThat(standingSequence()).isEqualTo(3);
        thenARepairRestores(OUTPUT);
    }

    @Test
    void itIsTakenFromASecondReportOfTheEnd() {
        reports(COMPLETED, 2, NONE);
        reports(COMPLETED, 3, OUTPUT);
        assertThat(stage.counters.events(EventSource.NATIVE, OutcomeKind.UNCHANGED))
                .isEqualTo(1);
        thenARepairRestores(OUTPUT);
    }

    @Test
    void itIsTakenFromAnEarlierReportThatArrivesLater() {
        reports(COMPLETED, 3, NONE);
        reports(COMPLETED, 2, OUTPUT);
        thenARepairRestores(OUTPUT);
    }

    @Test
    void itIsTakenFromADuplicateThatIsRicher() {
        reports(COMPLETED, 2, NONE);
        reports(COMPLETED, 2, OUTPUT);
        assertThat(stage.counters.events(EventSource.NATIVE, OutcomeKind.DUPLICATE))
                .isEqualTo(1);
        thenARepairRestores(OUTPUT);
    }

    @Test
    void itIsTakenFromTheReportThatEndsADivergence() {
        reports(COMPLETED, 2, NONE);
        reports(IN_PROGRESS, 3, NONE);
        reports(COMPLETED, 4, OUTPUT);
        thenARepairRestores(OUTPUT);
    }

    @Test
    void aPoorerReportOfTheSameEndReplacesNothing() {
        reports(COMPLETED, 2, OUTPUT);
        TaskStatusEvent poorer = event(COMPLETED, 3, "{}");
        poorer.setWorkerId("worker-2");
        stage.event(poorer);
        assertThat(kept()).isEqualTo(new TaskOutput(Optional.of(OUTPUT), "", "worker-2", "", ""));
        thenARepairRestores(OUTPUT);
    }

    /** Such as by the webhook or by an audit, as it was too large. */
    @Test
    void whatAReportLeftOutIsNotReplacedByWhatAnotherCarries() {
        TaskStatusEvent large = event(COMPLETED, 2, NONE);
        large.setPayloadIncomplete(true);
        stage.event(large);
        reports(COMPLETED, 3, "{}");
        assertThat(kept().complete()).isFalse();
        stage.event(event(IN_PROGRESS, 9, NONE));
        stage.advance(Duration.ofMinutes(1));
        assertThat(stage.commands.readValue().getPayloadIncomplete()).isTrue();
    }

    @Test
    void whatConductorWroteLastCountsOfTwoOutputs() {
        reports(COMPLETED, 3, "{\"by\":2}");
        reports(COMPLETED, 2, "{\"by\":0}");
        assertThat(kept().output()).contains("{\"by\":2}");
        reports(COMPLETED, 4, "{\"by\":3}");
        thenARepairRestores("{\"by\":3}");
    }

    @Test
    void theOutputOfAnEndThatLostTheConflictIsNotKept() {
        reports(COMPLETED, 2, OUTPUT);
        reports(FAILED, 3, "{\"of\":\"another end\"}");
        reports(FAILED, 3, "{\"of\":\"another end\"}");
        thenARepairRestores(OUTPUT);
    }

    @Test
    void anotherEndThatTakesOverBringsItsOwnPayloadOnly() {
        String type = "SUB_WORKFLOW"; // a late child may overwrite its end
        TaskStatusEvent failed = event(type, FAILED, 0, 2, NONE);
        failed.setReasonForIncompletion("the child failed");
        stage.event(failed);
        stage.event(event(type, COMPLETED, 0, 3, OUTPUT));
        assertThat(kept()).isEqualTo(new TaskOutput(Optional.of(OUTPUT), "", "", "", ""));
        stage.event(event(type, FAILED, 0, 2, "{\"of\":\"the first end, again\"}"));
        assertThat(kept()).isEqualTo(new TaskOutput(Optional.of(OUTPUT), "", "", "", ""));
    }

    @Test
    void theOutputOfAnotherEpochIsNeitherKeptNorUsed() {
        stage.event(event("HTTP", COMPLETED, 1, 2, OUTPUT));
        stage.event(event("HTTP", IN_PROGRESS, 2, 5, NONE));
        stage.event(event("HTTP", COMPLETED, 2, 6, NONE));
        stage.event(event("HTTP", COMPLETED, 1, 7, "{\"of\":\"the epoch before\"}"));
        thenARepairRestores(2, NONE);
        stage.event(event("HTTP", COMPLETED, 2, 6, "{\"of\":\"this epoch\"}"));
        assertThat(kept().output()).contains("{\"of\":\"this epoch\"}");
    }

    @Test
    void anEndWrittenAgainWithTheSamePayloadWritesNothing() {
        Recordings.cdc("stress_1").forEach(record -> stage.cdc(record.key(), record.value()));
        assertThat(stage.outputsChangelog.readValuesToList()).isNotEmpty();
        Recordings.cdc("stress_1").forEach(record -> stage.cdc(record.key(), record.value()));
        assertThat(stage.outputsChangelog.readValuesToList()).isEmpty();
    }

    @Test
    void anOutputThatCameWithADuplicateIsDroppedInTimeToo() {
        reports(COMPLETED, 2, NONE);
        reports(COMPLETED, 2, OUTPUT);
        assertThat(stage.outputs().get("t1")).isNotNull();
        stage.advance(Duration.ofMinutes(59));
        assertThat(stage.outputs().get("t1")).isNotNull();
        stage.advance(Duration.ofMinutes(2));
        assertThat(stage.outputs().get("t1")).isNull();
    }

    private void thenARepairRestores(String output) {
        thenARepairRestores(0, output);
    }

    private void thenARepairRestores(int epoch, String output) {
        stage.event(event("HTTP", IN_PROGRESS, epoch, 9, NONE));
        stage.advance(Duration.ofMinutes(1));
        RepairCommand command = stage.commands.readValue();
        assertThat(command.getOutput()).isEqualTo(output);
    }

    private void reports(TaskStatus status, long sequence, String output) {
        stage.event(event(status, sequence, output));
    }

    private TaskOutput kept() {
        return stage.outputs().get("t1").payload();
    }

    private long standingSequence() {
        return stage.states().get("t1").task().current().sequence();
    }

    private static TaskStatusEvent event(TaskStatus status, long sequence, String output) {
        return event("HTTP", status, 0, sequence, output);
    }

    private static TaskStatusEvent event(String type, TaskStatus status, int epoch, long sequence, String output) {
        TaskIdentity task = new TaskIdentity("t1", "w1", "upload", type, "upload_item");
        TaskStatusEvent event = TaskRecords.event(new StatusEvent(
                task,
                dev.ratchet.task.TaskStatus.valueOf(status.name()),
                epoch,
                sequence,
                sequence,
                EventSource.NATIVE,
                EpochEvidence.NONE));
        event.setOutput(output);
        return event;
    }
}
