package dev.ratchet.repair;

import static dev.ratchet.repair.FakeConductor.SCHEDULED_AT;
import static dev.ratchet.repair.FakeConductor.STARTED_AT;
import static dev.ratchet.repair.FakeConductor.TASK;
import static dev.ratchet.repair.FakeConductor.WORKFLOW;
import static dev.ratchet.repair.FakeConductor.row;
import static dev.ratchet.repair.RepairResult.Outcome.ALREADY_CONSISTENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.conductor.ConductorWorkflow;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tasks are not written. */
class RepairRefusalsTest extends RepairScenario {
    @Test
    void unknownTaskIsNotRepairable() {
        conductor.row = Optional.empty();

        RepairResult result = refuses("it knows none of that id");
        assertThat(result.observed()).isEmpty();
        assertThat(conductor.asked).containsExactly("task t1");
    }

    @Test
    void taskWithExpectedStatusIsConsistent() {
        conductor.row = Optional.of(row("COMPLETED", SCHEDULED_AT, 0, STARTED_AT, 2_000, 1));

        assertThat(ends(ALREADY_CONSISTENT, "Conductor holds COMPLETED").observed())
                .contains(TaskStatus.COMPLETED);
        assertThat(conductor.asked).containsExactly("task t1");
    }

    @Test
    void taskWithOtherTerminalStatusIsNotWritten() {
        conductor.row = Optional.of(row("TIMED_OUT", SCHEDULED_AT, 0, STARTED_AT, 2_000, 1));

        assertThat(refuses("Conductor ended it as TIMED_OUT").observed()).contains(TaskStatus.TIMED_OUT);
    }

    @Test
    void taskWithOtherScheduledTimeIsNotWritten() {
        conductor.row = Optional.of(row("IN_PROGRESS", SCHEDULED_AT + 1, 0, STARTED_AT, 0, 1));

        refuses("epoch moved on");
    }

    @Test
    void taskRetriedInPlaceIsNotWritten() {
        conductor.row = Optional.of(row("IN_PROGRESS", SCHEDULED_AT, 1, STARTED_AT, 0, 1));

        refuses("epoch moved on");
    }

    @Test
    void restartedTaskIsNotWrittenAndMayHaveRunTwice() {
        conductor.row = Optional.of(row("IN_PROGRESS", SCHEDULED_AT, 0, STARTED_AT + 1, 0, 1));

        assertThat(refuses("epoch moved on").secondExecutionPossible()).isTrue();
    }

    @Test
    void openTaskWithEndTimeIsNotWritten() {
        conductor.row = Optional.of(row("SCHEDULED", SCHEDULED_AT, 0, STARTED_AT, 1_500, 1));

        refuses("reopened on purpose");
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"TIMED_OUT", "SKIPPED", "COMPLETED_WITH_ERRORS", "SCHEDULED"})
    void statusUnsupportedByApiIsNotWritten(TaskStatus end) {
        status = end;

        refuses("status that Conductor's API can write");
    }

    @Test
    void completionWithoutOutputIsNotWritten() {
        output = Optional.empty();

        refuses("output");
    }

    /** A part of the payload is missing: the {} of a later report must not pass for it. */
    @Test
    void completionWithIncompletePayloadIsNotWritten() {
        complete = false;

        refuses("too large to store");
        assertThat(conductor.updates).isEmpty();
    }

    @Test
    void subWorkflowTaskWithIncompletePayloadIsNotWritten() {
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
    void taskWithUnknownStatusIsNotWritten() {
        conductor.row = Optional.of(row("PONDERING"));

        assertThat(refuses("Conductor holds 'PONDERING'").observed()).isEmpty();
    }

    @Test
    void responseAboutOtherTaskIsRejected() {
        conductor.row = Optional.of(row("t2", "IN_PROGRESS", SCHEDULED_AT, 0, STARTED_AT, 0, 1));

        refuses("it is about t2");
    }

    @Test
    void taskOfOtherWorkflowIsNotWritten() {
        workflowId = "w2";

        refuses("it is of 'w1'");
    }

    @Test
    void taskOfUnknownWorkflowIsNotWritten() {
        conductor.workflow = Optional.empty();

        refuses("Expected Conductor to know workflow 'w1'");
    }

    @Test
    void responseAboutOtherWorkflowIsRejected() {
        conductor.workflow = Optional.of(new ConductorWorkflow("w2", "RUNNING"));

        refuses("it is about w2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "FAILED", "TIMED_OUT", "TERMINATED", "UNHEARD_OF"})
    void taskOfEndedWorkflowIsNotWritten(String ended) {
        conductor.workflow = Optional.of(new ConductorWorkflow(WORKFLOW, ended));

        refuses("it is " + ended);
    }
}
