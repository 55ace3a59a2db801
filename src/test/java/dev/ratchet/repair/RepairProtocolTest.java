package dev.ratchet.repair;

import static dev.ratchet.repair.FakeConductor.SCHEDULED_AT;
import static dev.ratchet.repair.FakeConductor.WORKFLOW;
import static dev.ratchet.repair.FakeConductor.row;
import static dev.ratchet.repair.RepairResult.Outcome.ALREADY_CONSISTENT;
import static dev.ratchet.repair.RepairResult.Outcome.DRY_RUN;
import static dev.ratchet.repair.RepairResult.Outcome.FAILED;
import static dev.ratchet.repair.RepairResult.Outcome.REPAIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.conductor.ConductorRefusedException;
import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.ConductorWorkflow;
import dev.ratchet.task.TaskStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dry runs, repeated writes and failures of Conductor. */
class RepairProtocolTest extends RepairScenario {
    private static final UnaryOperator<ConductorTask> NOTHING = UnaryOperator.identity();

    @Test
    void dryRunDescribesWriteAndDoesNotWrite() {
        dryRun = true;

        RepairResult result = ends(DRY_RUN, "Would set the task from IN_PROGRESS to COMPLETED with its output");
        assertThat(result.observed()).contains(TaskStatus.IN_PROGRESS);
        assertThat(conductor.asked).containsExactly("task t1", "workflow w1");
    }

    @Test
    void dryRunReportsNotRepairableTask() {
        dryRun = true;
        output = Optional.empty();

        refuses("output");
    }

    @Test
    void overwrittenRepairIsRepeated() {
        conductor.onUpdate.addAll(List.of(NOTHING, NOTHING));

        assertThat(repair().outcome()).isEqualTo(REPAIRED);
        assertThat(conductor.updates).hasSize(3);
        assertThat(pauses).containsExactly(1, 2);
    }

    @Test
    void repairFailsAfterThreeOverwrittenWrites() {
        conductor.onUpdate.addAll(List.of(NOTHING, NOTHING, NOTHING, NOTHING));

        RepairResult result = ends(FAILED, "it did not hold in 3 tries");
        assertThat(result.observed()).contains(TaskStatus.IN_PROGRESS);
        assertThat(conductor.updates).hasSize(3);
        assertThat(conductor.asked).doesNotContain("decide w1");
    }

    @Test
    void newEpochBetweenWritesEndsRepair() {
        conductor.onUpdate.add(row -> row("SCHEDULED", SCHEDULED_AT + 500, 0, 0, 0, 0));

        refusesAfter(1, "epoch moved on");
    }

    @Test
    void workflowEndBetweenWritesEndsRepair() {
        conductor.onUpdate.add(row -> {
            conductor.workflow = Optional.of(new ConductorWorkflow(WORKFLOW, "TERMINATED"));
            return row;
        });

        refusesAfter(1, "it is TERMINATED");
    }

    @Test
    void otherTerminalStatusBetweenWritesEndsRepair() {
        conductor.onUpdate.add(row -> FakeConductor.with(row, TaskStatus.FAILED));

        refusesAfter(1, "Conductor ended it as FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "workflow", "update"})
    void unavailableConductorYieldsNoResult(String method) {
        conductor.failing = method;

        assertThatThrownBy(this::repair).isSameAs(conductor.failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "workflow", "update"})
    void refusedRequestFailsRepair(String method) {
        conductor.failing = method;
        conductor.failure = new ConductorRefusedException("it", 409, "locked");

        ends(FAILED, "409: locked");
    }

    @Test
    void writeWithoutResponseIsConsistentOnRetry() {
        conductor.onUpdate.add(row -> {
            conductor.failing = "task";
            return FakeConductor.with(row, TaskStatus.COMPLETED);
        });
        assertThatThrownBy(this::repair).isInstanceOf(ConductorUnavailableException.class);

        conductor.failing = "";
        ends(ALREADY_CONSISTENT, "COMPLETED");
        assertThat(conductor.updates).hasSize(1);
    }
}
