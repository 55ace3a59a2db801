package dev.ratchet.repair;

import static dev.ratchet.repair.FakeConductor.SCHEDULED_AT;
import static dev.ratchet.repair.FakeConductor.STARTED_AT;
import static dev.ratchet.repair.FakeConductor.TASK;
import static dev.ratchet.repair.FakeConductor.WORKFLOW;
import static dev.ratchet.repair.FakeConductor.row;
import static dev.ratchet.repair.RepairResult.Outcome.ALREADY_CONSISTENT;
import static dev.ratchet.repair.RepairResult.Outcome.DRY_RUN;
import static dev.ratchet.repair.RepairResult.Outcome.FAILED;
import static dev.ratchet.repair.RepairResult.Outcome.NOT_REPAIRABLE;
import static dev.ratchet.repair.RepairResult.Outcome.REPAIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.conductor.ConductorRefusedException;
import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import dev.ratchet.conductor.ConductorWorkflow;
import dev.ratchet.conductor.TaskUpdate;
import dev.ratchet.repair.RepairResult.Outcome;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepairProtocolTest {
    private static final UnaryOperator<ConductorTask> NOTHING = UnaryOperator.identity();

    private final FakeConductor conductor = new FakeConductor();
    private final List<Duration> pauses = new ArrayList<>();
    private final RepairProtocol protocol = new RepairProtocol(
            conductor, 3, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), new Random(7)), pauses::add);

    private TaskStatus status = TaskStatus.COMPLETED;
    private Optional<String> output = Optional.of("{\"by\":\"A\"}");
    private String externalPath = "";
    private boolean complete = true;
    private String workflowId = WORKFLOW;
    private EpochKey key = new EpochKey(SCHEDULED_AT, 0);
    private long startTime = STARTED_AT;
    private int pollCount = 1;
    private boolean dryRun;

    @Test
    void aLostCompletionIsWrittenBackAndReadAgain() {
        RepairResult result = repair();

        assertThat(result)
                .isEqualTo(new RepairResult(
                        REPAIRED,
                        "Conductor holds COMPLETED after the write",
                        Optional.of(TaskStatus.COMPLETED),
                        false));
        assertThat(conductor.asked)
                .containsExactly("task t1", "workflow w1", "update COMPLETED", "task t1", "decide w1");
        assertThat(conductor.updates)
                .containsExactly(new TaskUpdate(
                        TASK,
                        WORKFLOW,
                        TaskStatus.COMPLETED,
                        new TaskOutput(output, "", "worker", "because", "child")));
        assertThat(pauses).isEmpty();
    }

    @Test
    void aPausedWorkflowIsStillHeeded() {
        conductor.workflow = Optional.of(new ConductorWorkflow(WORKFLOW, "PAUSED"));

        assertThat(repair().outcome()).isEqualTo(REPAIRED);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"FAILED", "FAILED_WITH_TERMINAL_ERROR", "CANCELED"})
    void anUnsuccessfulEndIsWrittenBackEvenWithoutItsOutputAndSaysSo(TaskStatus end) {
        status = end;
        output = Optional.empty();

        assertThat(repair().reason()).isEqualTo("Conductor holds " + end + " after the write, without an output");
        assertThat(conductor.updates)
                .singleElement()
                .matches(update -> update.payload().output().isEmpty());
    }

    @Test
    void anOutputKeptElsewhereWillDo() {
        output = Optional.empty();
        externalPath = "s3/output.json";

        assertThat(repair().outcome()).isEqualTo(REPAIRED);
        assertThat(conductor.updates)
                .singleElement()
                .extracting(update -> update.payload().externalOutputPath())
                .isEqualTo("s3/output.json");
    }

    @Test
    void whatTheSourceDidNotTellIsNotHeldAgainstTheRow() {
        workflowId = "";
        key = EpochKey.UNKNOWN;
        startTime = 0;
        pollCount = EpochKey.NO_COUNT;

        RepairResult result = repair();

        assertThat(result.outcome()).isEqualTo(REPAIRED);
        assertThat(result.secondExecutionPossible()).isFalse();
        assertThat(conductor.updates)
                .singleElement()
                .extracting(TaskUpdate::workflowId)
                .isEqualTo(WORKFLOW);
    }

    @Test
    void whatTheRowDoesNotTellIsNotHeldAgainstIt() {
        conductor.row = Optional.of(row("IN_PROGRESS", 0, EpochKey.NO_COUNT, 0, 0, EpochKey.NO_COUNT));

        assertThat(repair().outcome()).isEqualTo(REPAIRED);
    }

    @Test
    void aFailureToWakeWhatWaitsDoesNotUndoTheRepair() {
        conductor.failing = "decide";
        conductor.failure = new ConductorRefusedException("PUT /workflow/decide/w1", 409, "locked");

        RepairResult refused = repair();
        assertThat(refused.outcome()).isEqualTo(REPAIRED);
        assertThat(refused.reason()).contains("could not trigger the workflow", "409", "locked");

        conductor.row = Optional.of(row("IN_PROGRESS"));
        conductor.failure = new ConductorUnavailableException("down", Scope.ALL_REQUESTS, (Throwable) null);
        assertThat(repair().outcome()).isEqualTo(REPAIRED);
    }

    @Test
    void aTaskThatIsGoneCannotBeRepaired() {
        conductor.row = Optional.empty();

        RepairResult result = refuses("it knows none of that id");
        assertThat(result.observed()).isEmpty();
        assertThat(conductor.asked).containsExactly("task t1");
    }

    @Test
    void aTaskThatEndedSoByItselfIsLeftAlone() {
        conductor.row = Optional.of(row("COMPLETED", SCHEDULED_AT, 0, STARTED_AT, 2_000, 1));

        assertThat(ends(ALREADY_CONSISTENT, "Conductor holds COMPLETED").observed())
                .contains(TaskStatus.COMPLETED);
        assertThat(conductor.asked).containsExactly("task t1");
    }

    @Test
    void aTaskThatEndedOtherwiseIsLeftAlone() {
        conductor.row = Optional.of(row("TIMED_OUT", SCHEDULED_AT, 0, STARTED_AT, 2_000, 1));

        assertThat(refuses("Conductor ended it as TIMED_OUT").observed()).contains(TaskStatus.TIMED_OUT);
    }

    @Test
    void aTaskScheduledAnewLivesOn() {
        conductor.row = Optional.of(row("IN_PROGRESS", SCHEDULED_AT + 1, 0, STARTED_AT, 0, 1));

        refuses("epoch moved on");
    }

    @Test
    void aTaskRetriedInPlaceLivesOn() {
        conductor.row = Optional.of(row("IN_PROGRESS", SCHEDULED_AT, 1, STARTED_AT, 0, 1));

        refuses("epoch moved on");
    }

    @Test
    void aTaskStartedAnewLivesOnAndMayHaveRunTwice() {
        conductor.row = Optional.of(row("IN_PROGRESS", SCHEDULED_AT, 0, STARTED_AT + 1, 0, 1));

        assertThat(refuses("epoch moved on").secondExecutionPossible()).isTrue();
    }

    @Test
    void aTaskThatCarriesItsEndWasReopenedOnPurpose() {
        conductor.row = Optional.of(row("SCHEDULED", SCHEDULED_AT, 0, STARTED_AT, 1_500, 1));

        refuses("reopened on purpose");
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"TIMED_OUT", "SKIPPED", "COMPLETED_WITH_ERRORS", "SCHEDULED"})
    void aStatusConductorDoesNotTakeIsNotSent(TaskStatus end) {
        status = end;

        refuses("status that Conductor's API can write");
    }

    @Test
    void aCompletionIsNotWrittenWithoutItsOutput() {
        output = Optional.empty();

        refuses("output");
    }

    /** Of what was heard something is missing: a later report's {} must not pass for it. */
    @Test
    void aCompletionIsNotWrittenIfWhatItLeftBehindWasTooLarge() {
        complete = false;

        refuses("too large to store");
        assertThat(conductor.updates).isEmpty();
    }

    @Test
    void aChildWorkflowThatIsNotKeptIsNotWrittenOver() {
        complete = false;
        status = TaskStatus.FAILED;
        conductor.row = Optional.of(new ConductorTask(
                new TaskIdentity(TASK, WORKFLOW, "wf", "SUB_WORKFLOW", "ref"),
                "IN_PROGRESS",
                row("IN_PROGRESS").evidence(),
                0,
                TaskOutput.NONE));

        refuses("too large to store");
        assertThat(conductor.updates).isEmpty();
    }

    @Test
    void anUnsuccessfulEndIsWrittenWhateverItLeftBehind() {
        complete = false;
        status = TaskStatus.FAILED;

        assertThat(repair().outcome()).isEqualTo(REPAIRED);
    }

    @Test
    void aStatusNobodyKnowsIsLeftAlone() {
        conductor.row = Optional.of(row("PONDERING"));

        assertThat(refuses("Conductor holds 'PONDERING'").observed()).isEmpty();
    }

    @Test
    void anAnswerAboutAnotherTaskIsNoAnswer() {
        conductor.row = Optional.of(row("t2", "IN_PROGRESS", SCHEDULED_AT, 0, STARTED_AT, 0, 1));

        refuses("it is about t2");
    }

    @Test
    void aTaskOfAnotherWorkflowIsLeftAlone() {
        workflowId = "w2";

        refuses("it is of 'w1'");
    }

    @Test
    void aWorkflowThatIsGoneCannotGoOn() {
        conductor.workflow = Optional.empty();

        refuses("Expected Conductor to know workflow 'w1'");
    }

    @Test
    void anAnswerAboutAnotherWorkflowIsNoAnswer() {
        conductor.workflow = Optional.of(new ConductorWorkflow("w2", "RUNNING"));

        refuses("it is about w2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "FAILED", "TIMED_OUT", "TERMINATED", "UNHEARD_OF"})
    void aWorkflowThatEndedHeedsNothing(String ended) {
        conductor.workflow = Optional.of(new ConductorWorkflow(WORKFLOW, ended));

        refuses("it is " + ended);
    }

    @Test
    void aDryRunSaysWhatItWouldDoAndDoesNothing() {
        dryRun = true;

        RepairResult result = ends(DRY_RUN, "Would set the task from IN_PROGRESS to COMPLETED with its output");
        assertThat(result.observed()).contains(TaskStatus.IN_PROGRESS);
        assertThat(conductor.asked).containsExactly("task t1", "workflow w1");
    }

    @Test
    void aDryRunFindsWhatCannotBeRepairedToo() {
        dryRun = true;
        output = Optional.empty();

        refuses("output");
    }

    @Test
    void aWriteThatDidNotHoldIsTriedAgain() {
        conductor.onUpdate.addAll(List.of(NOTHING, NOTHING));

        assertThat(repair().outcome()).isEqualTo(REPAIRED);
        assertThat(conductor.updates).hasSize(3);
        assertThat(pauses).hasSize(2);
    }

    @Test
    void aWriteThatNeverHoldsIsGivenUp() {
        conductor.onUpdate.addAll(List.of(NOTHING, NOTHING, NOTHING, NOTHING));

        RepairResult result = ends(FAILED, "it did not hold in 3 tries");
        assertThat(result.observed()).contains(TaskStatus.IN_PROGRESS);
        assertThat(conductor.updates).hasSize(3);
        assertThat(conductor.asked).doesNotContain("decide w1");
    }

    @Test
    void betweenTriesTheTaskMayStartANewLife() {
        conductor.onUpdate.add(row -> row("SCHEDULED", SCHEDULED_AT + 500, 0, 0, 0, 0));

        refusesAfter(1, "epoch moved on");
    }

    @Test
    void betweenTriesTheWorkflowMayEnd() {
        conductor.onUpdate.add(row -> {
            conductor.workflow = Optional.of(new ConductorWorkflow(WORKFLOW, "TERMINATED"));
            return row;
        });

        refusesAfter(1, "it is TERMINATED");
    }

    @Test
    void someoneElseMayEndItOtherwiseMeanwhile() {
        conductor.onUpdate.add(row -> FakeConductor.with(row, TaskStatus.FAILED));

        refusesAfter(1, "Conductor ended it as FAILED");
    }

    @Test
    void aTaskThatFellBackToItsQueueMayHaveRunTwice() {
        conductor.row = Optional.of(row("SCHEDULED"));

        RepairResult result = repair();
        assertThat(result.outcome()).isEqualTo(REPAIRED);
        assertThat(result.secondExecutionPossible()).isTrue();
    }

    @Test
    void aTaskPolledAgainMayHaveRunTwice() {
        conductor.row = Optional.of(row("IN_PROGRESS", SCHEDULED_AT, 0, STARTED_AT, 0, 2));

        assertThat(repair().secondExecutionPossible()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "workflow", "update"})
    void whileConductorIsAwayNothingComesOfIt(String method) {
        conductor.failing = method;

        assertThatThrownBy(this::repair).isSameAs(conductor.failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "workflow", "update"})
    void whatConductorRefusesHasFailed(String method) {
        conductor.failing = method;
        conductor.failure = new ConductorRefusedException("it", 409, "locked");

        ends(FAILED, "409: locked");
    }

    @Test
    void whatWasDoneUnheardIsFoundConsistentTheNextTime() {
        conductor.onUpdate.add(row -> {
            conductor.failing = "task";
            return FakeConductor.with(row, TaskStatus.COMPLETED);
        });
        assertThatThrownBy(this::repair).isInstanceOf(ConductorUnavailableException.class);

        conductor.failing = "";
        ends(ALREADY_CONSISTENT, "COMPLETED");
        assertThat(conductor.updates).hasSize(1);
    }

    @Test
    void aRepairThatMayNotWriteAtAllIsAMistake() {
        assertThatThrownBy(() -> new RepairProtocol(
                        conductor,
                        0,
                        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), new Random(7)),
                        pauses::add))
                .hasMessage("Expected to write at least once, but got 0");
    }

    private RepairResult repair() {
        TaskUpdate update = new TaskUpdate(
                TASK, workflowId, status, new TaskOutput(output, externalPath, "worker", "because", "child", complete));
        return protocol.repair(new RepairRequest(update, key, startTime, pollCount, dryRun));
    }

    private RepairResult ends(Outcome outcome, String words) {
        RepairResult result = repair();
        assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
        assertThat(result.reason()).contains(words);
        return result;
    }

    private RepairResult refuses(String words) {
        return refusesAfter(0, words);
    }

    private RepairResult refusesAfter(int writes, String words) {
        RepairResult result = ends(NOT_REPAIRABLE, words);
        assertThat(conductor.updates).hasSize(writes);
        assertThat(conductor.asked).doesNotContain("decide w1");
        return result;
    }
}
