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

/** Which output a repair restores, depending on the reports of a terminal status and their order. */
class CapturedOutputTest {
    private static final String OUTPUT = "{\"file\":\"a\"}";
    private static final String NO_OUTPUT = null;

    @TempDir
    Path folder;

    private TopologyHarness harness;

    @BeforeEach
    void open() {
        harness = new TopologyHarness(
                folder, "ratchet.conductor.url", "http://localhost:9/api", "ratchet.repair.mode", "apply");
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void outputSurvivesSameTerminalReportAtLowerSequence() {
        report(COMPLETED, 5, OUTPUT);
        report(COMPLETED, 3, NO_OUTPUT);
        assertThat(currentSequence()).isEqualTo(3);
        assertRepairRestores(OUTPUT);
    }

    @Test
    void outputIsTakenFromSecondTerminalReport() {
        report(COMPLETED, 2, NO_OUTPUT);
        report(COMPLETED, 3, OUTPUT);
        assertThat(harness.counters.events(EventSource.NATIVE, OutcomeKind.UNCHANGED))
                .isEqualTo(1);
        assertRepairRestores(OUTPUT);
    }

    @Test
    void outputIsTakenFromEarlierReportThatArrivesLate() {
        report(COMPLETED, 3, NO_OUTPUT);
        report(COMPLETED, 2, OUTPUT);
        assertRepairRestores(OUTPUT);
    }

    @Test
    void outputIsTakenFromMoreCompleteDuplicate() {
        report(COMPLETED, 2, NO_OUTPUT);
        report(COMPLETED, 2, OUTPUT);
        assertThat(harness.counters.events(EventSource.NATIVE, OutcomeKind.DUPLICATE))
                .isEqualTo(1);
        assertRepairRestores(OUTPUT);
    }

    @Test
    void outputIsTakenFromReportThatEndsDivergence() {
        report(COMPLETED, 2, NO_OUTPUT);
        report(IN_PROGRESS, 3, NO_OUTPUT);
        report(COMPLETED, 4, OUTPUT);
        assertRepairRestores(OUTPUT);
    }

    @Test
    void lessCompleteReportReplacesNothing() {
        report(COMPLETED, 2, OUTPUT);
        TaskStatusEvent poorer = event(COMPLETED, 3, "{}");
        poorer.setWorkerId("worker-2");
        harness.event(poorer);
        assertThat(captured()).isEqualTo(new TaskOutput(Optional.of(OUTPUT), "", "worker-2", "", ""));
        assertRepairRestores(OUTPUT);
    }

    /** A webhook or audit leaves out an output that is too large. */
    @Test
    void incompleteOutputIsNotReplacedByAnotherReport() {
        TaskStatusEvent large = event(COMPLETED, 2, NO_OUTPUT);
        large.setPayloadIncomplete(true);
        harness.event(large);
        report(COMPLETED, 3, "{}");
        assertThat(captured().complete()).isFalse();
        harness.event(event(IN_PROGRESS, 9, NO_OUTPUT));
        harness.advance(Duration.ofMinutes(1));
        assertThat(harness.commands.readValue().getPayloadIncomplete()).isTrue();
    }

    @Test
    void outputWrittenLastCounts() {
        report(COMPLETED, 3, "{\"by\":2}");
        report(COMPLETED, 2, "{\"by\":0}");
        assertThat(captured().output()).contains("{\"by\":2}");
        report(COMPLETED, 4, "{\"by\":3}");
        assertRepairRestores("{\"by\":3}");
    }

    @Test
    void outputOfConflictingTerminalStatusIsNotCaptured() {
        report(COMPLETED, 2, OUTPUT);
        report(FAILED, 3, "{\"of\":\"another report\"}");
        report(FAILED, 3, "{\"of\":\"another report\"}");
        assertRepairRestores(OUTPUT);
    }

    @Test
    void newTerminalStatusReplacesWholeOutput() {
        String type = "SUB_WORKFLOW"; // a late child may overwrite its terminal status
        TaskStatusEvent failed = event(type, FAILED, 0, 2, NO_OUTPUT);
        failed.setReasonForIncompletion("the child failed");
        harness.event(failed);
        harness.event(event(type, COMPLETED, 0, 3, OUTPUT));
        assertThat(captured()).isEqualTo(new TaskOutput(Optional.of(OUTPUT), "", "", "", ""));
        harness.event(event(type, FAILED, 0, 2, "{\"of\":\"the first report, again\"}"));
        assertThat(captured()).isEqualTo(new TaskOutput(Optional.of(OUTPUT), "", "", "", ""));
    }

    @Test
    void outputOfAnotherEpochIsIgnored() {
        harness.event(event("HTTP", COMPLETED, 1, 2, OUTPUT));
        harness.event(event("HTTP", IN_PROGRESS, 2, 5, NO_OUTPUT));
        harness.event(event("HTTP", COMPLETED, 2, 6, NO_OUTPUT));
        harness.event(event("HTTP", COMPLETED, 1, 7, "{\"of\":\"the epoch before\"}"));
        assertRepairRestores(2, NO_OUTPUT);
        harness.event(event("HTTP", COMPLETED, 2, 6, "{\"of\":\"this epoch\"}"));
        assertThat(captured().output()).contains("{\"of\":\"this epoch\"}");
    }

    @Test
    void unchangedOutputIsNotWrittenAgain() {
        Recordings.cdc("stress_1").forEach(record -> harness.cdc(record.key(), record.value()));
        assertThat(harness.outputsChangelog.readValuesToList()).isNotEmpty();
        Recordings.cdc("stress_1").forEach(record -> harness.cdc(record.key(), record.value()));
        assertThat(harness.outputsChangelog.readValuesToList()).isEmpty();
    }

    @Test
    void outputOfDuplicateIsDroppedAfterCaptureTime() {
        report(COMPLETED, 2, NO_OUTPUT);
        report(COMPLETED, 2, OUTPUT);
        assertThat(harness.outputs().get("t1")).isNotNull();
        harness.advance(Duration.ofMinutes(59));
        assertThat(harness.outputs().get("t1")).isNotNull();
        harness.advance(Duration.ofMinutes(2));
        assertThat(harness.outputs().get("t1")).isNull();
    }

    private void assertRepairRestores(String output) {
        assertRepairRestores(0, output);
    }

    private void assertRepairRestores(int epoch, String output) {
        harness.event(event("HTTP", IN_PROGRESS, epoch, 9, NO_OUTPUT));
        harness.advance(Duration.ofMinutes(1));
        RepairCommand command = harness.commands.readValue();
        assertThat(command.getOutput()).isEqualTo(output);
    }

    private void report(TaskStatus status, long sequence, String output) {
        harness.event(event(status, sequence, output));
    }

    private TaskOutput captured() {
        return harness.outputs().get("t1").payload();
    }

    private long currentSequence() {
        return harness.states().get("t1").task().current().sequence();
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
