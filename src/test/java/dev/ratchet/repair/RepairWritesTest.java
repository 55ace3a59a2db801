package dev.ratchet.repair;

import static dev.ratchet.repair.FakeConductor.SCHEDULED_AT;
import static dev.ratchet.repair.FakeConductor.STARTED_AT;
import static dev.ratchet.repair.FakeConductor.TASK;
import static dev.ratchet.repair.FakeConductor.WORKFLOW;
import static dev.ratchet.repair.FakeConductor.row;
import static dev.ratchet.repair.RepairResult.Outcome.REPAIRED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.conductor.ConductorRefusedException;
import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import dev.ratchet.conductor.ConductorWorkflow;
import dev.ratchet.conductor.TaskUpdate;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which lost ends are written back, and what the result says. */
class RepairWritesTest extends RepairScenario {
    @Test
    void lostCompletionIsWrittenAndVerified() {
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
    void taskOfPausedWorkflowIsRepaired() {
        conductor.workflow = Optional.of(new ConductorWorkflow(WORKFLOW, "PAUSED"));

        assertThat(repair().outcome()).isEqualTo(REPAIRED);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"FAILED", "FAILED_WITH_TERMINAL_ERROR", "CANCELED"})
    void unsuccessfulStatusIsWrittenWithoutOutput(TaskStatus end) {
        status = end;
        output = Optional.empty();

        assertThat(repair().reason()).isEqualTo("Conductor holds " + end + " after the write, without an output");
        assertThat(conductor.updates)
                .singleElement()
                .matches(update -> update.payload().output().isEmpty());
    }

    @Test
    void unsuccessfulStatusIsWrittenWithIncompletePayload() {
        complete = false;
        status = TaskStatus.FAILED;

        assertThat(repair().outcome()).isEqualTo(REPAIRED);
    }

    @Test
    void externalOutputSuffices() {
        output = Optional.empty();
        externalPath = "s3/output.json";

        assertThat(repair().outcome()).isEqualTo(REPAIRED);
        assertThat(conductor.updates)
                .singleElement()
                .extracting(update -> update.payload().externalOutputPath())
                .isEqualTo("s3/output.json");
    }

    @Test
    void unreportedValuesAreNotCompared() {
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
    void valuesThatRowLacksAreNotCompared() {
        conductor.row = Optional.of(row("IN_PROGRESS", 0, EpochKey.NO_COUNT, 0, 0, EpochKey.NO_COUNT));

        assertThat(repair().outcome()).isEqualTo(REPAIRED);
    }

    @Test
    void failedDecideDoesNotFailRepair() {
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
    void requeuedTaskMayHaveRunTwice() {
        conductor.row = Optional.of(row("SCHEDULED"));

        RepairResult result = repair();
        assertThat(result.outcome()).isEqualTo(REPAIRED);
        assertThat(result.secondExecutionPossible()).isTrue();
    }

    @Test
    void taskPolledAgainMayHaveRunTwice() {
        conductor.row = Optional.of(row("IN_PROGRESS", SCHEDULED_AT, 0, STARTED_AT, 0, 2));

        assertThat(repair().secondExecutionPossible()).isTrue();
    }
}
