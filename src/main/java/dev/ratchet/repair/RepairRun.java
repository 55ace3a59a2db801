package dev.ratchet.repair;

import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.conductor.ConductorRefusedException;
import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.ConductorWorkflow;
import dev.ratchet.conductor.TaskUpdate;
import dev.ratchet.repair.RepairResult.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** State of one repair: the last row read and the number of writes. */
final class RepairRun {
    private final ConductorClient conductor;
    private final RepairRequest request;
    private @Nullable ConductorTask row;
    private boolean secondExecutionPossible;
    private int writes;

    RepairRun(ConductorClient conductor, RepairRequest request) {
        this.conductor = conductor;
        this.request = request;
    }

    /** Reads from Conductor. Null if it holds another status and the rule allows the write. */
    @Nullable
    RepairVerdict check() {
        row = conductor.task(request.update().taskId()).orElse(null);
        if (row == null) {
            return RepairVerdict.notRepairable("Conductor to know the task", "it knows none of that id");
        }
        secondExecutionPossible |= RepairRule.isSecondExecutionPossible(request, row);
        Optional<RepairVerdict> verdict = RepairRule.checkTask(request, row);
        if (verdict.isPresent()) {
            boolean done = writes > 0 && verdict.get().outcome() == Outcome.ALREADY_CONSISTENT;
            return done ? finishRepair(row) : verdict.get();
        }
        Optional<ConductorWorkflow> workflow =
                row.workflowId().isEmpty() ? Optional.empty() : conductor.workflow(row.workflowId());
        return RepairRule.checkWorkflow(row, workflow).orElse(null);
    }

    /** Writes, after a check that allowed it. */
    void write() {
        if (row == null) {
            throw new IllegalStateException("Expected to have read the task before writing it");
        }
        conductor.update(request.update().withWorkflow(row.workflowId()));
        writes++;
    }

    int writes() {
        return writes;
    }

    /** Describes the write, to be read after "would". */
    String describeWrite() {
        TaskUpdate update = request.update();
        return "set the task from " + (row == null ? "nothing" : row.status()) + " to " + update.status()
                + (update.hasOutput() ? " with its output" : " without an output");
    }

    RepairResult toResult(RepairVerdict verdict) {
        return new RepairResult(
                verdict.outcome(),
                verdict.reason(),
                Optional.ofNullable(row).flatMap(ConductorTask::knownStatus),
                secondExecutionPossible);
    }

    /** Conductor evaluates a JOIN that waits for the task only periodically: this triggers it. Its failure does not matter. */
    private RepairVerdict finishRepair(ConductorTask as) {
        String reason = "Conductor holds " + as.status() + " after the write"
                + (request.update().hasOutput() ? "" : ", without an output");
        try {
            conductor.decide(as.workflowId());
            return new RepairVerdict(Outcome.REPAIRED, reason);
        } catch (ConductorUnavailableException | ConductorRefusedException e) {
            return new RepairVerdict(Outcome.REPAIRED, reason + "; could not trigger the workflow: " + e.getMessage());
        }
    }
}
