package dev.ratchet.repair;

import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.conductor.ConductorRefusedException;
import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.ConductorWorkflow;
import dev.ratchet.conductor.TaskUpdate;
import dev.ratchet.repair.RepairResult.Outcome;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Repairs a task in Conductor: reads the task and its workflow, writes the current status if the rule allows it, and reads
 * again, since the response to an update does not say whether it changed anything. Conductor has no conditional write: the
 * task may change between read and write, and the write may be overwritten later. REPAIRED means that the last read showed
 * the written status; if it is lost again, the stream sees a new divergence.
 */
public final class RepairProtocol {
    private final ConductorClient conductor;
    private final int maxWrites;
    private final IntConsumer pause;

    /**
     * @param maxWrites writes per repair, at least 1
     * @param pause waits after a write that did not hold; gets the number of writes so far
     */
    public RepairProtocol(ConductorClient conductor, int maxWrites, IntConsumer pause) {
        this.conductor = conductor;
        this.maxWrites = maxWrites;
        this.pause = pause;
    }

    /**
     * Runs the repair. Safe to repeat: a finished repair is found ALREADY_CONSISTENT.
     *
     * @throws ConductorUnavailableException if Conductor did not answer: there is no result yet, and it does not count as a
     *     try; repeat it later
     */
    public RepairResult repair(RepairRequest request) {
        Run run = new Run(request);
        try {
            return run.toResult(run.toVerdict());
        } catch (ConductorRefusedException e) {
            return run.toResult(new RepairVerdict(Outcome.FAILED, String.valueOf(e.getMessage())));
        }
    }

    /** State of one repair: the last row read and the number of writes. */
    private final class Run {
        private final RepairRequest request;
        private @Nullable ConductorTask row;
        private boolean secondExecutionPossible;
        private int writes;

        Run(RepairRequest request) {
            this.request = request;
        }

        RepairVerdict toVerdict() {
            RepairVerdict verdict = check();
            while (verdict == null) {
                if (request.dryRun()) {
                    return new RepairVerdict(Outcome.DRY_RUN, "Would " + describeWrite());
                }
                if (writes == maxWrites) {
                    return new RepairVerdict(
                            Outcome.FAILED,
                            "Expected to " + describeWrite() + ", but it did not hold in " + maxWrites + " tries");
                }
                write();
                verdict = check();
                if (verdict == null) {
                    pause.accept(writes);
                    verdict = check();
                }
            }
            return verdict;
        }

        /** Reads from Conductor. Null if it holds another status and the rule allows the write. */
        private @Nullable RepairVerdict check() {
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
            Optional<ConductorWorkflow> workflow = row.task().workflowId().isEmpty()
                    ? Optional.empty()
                    : conductor.workflow(row.task().workflowId());
            return RepairRule.checkWorkflow(row, workflow).orElse(null);
        }

        private void write() {
            if (row == null) {
                throw new IllegalStateException("Expected to have read the task before writing it");
            }
            conductor.update(request.update().withWorkflow(row.task().workflowId()));
            writes++;
        }

        /** Describes the write, to be read after "would". */
        private String describeWrite() {
            TaskUpdate update = request.update();
            return "set the task from " + (row == null ? "nothing" : row.status()) + " to " + update.status()
                    + (update.hasOutput() ? " with its output" : " without an output");
        }

        /** Conductor evaluates a JOIN that waits for the task only periodically: this triggers it. Its failure does not matter. */
        private RepairVerdict finishRepair(ConductorTask as) {
            String reason = "Conductor holds " + as.status() + " after the write"
                    + (request.update().hasOutput() ? "" : ", without an output");
            try {
                conductor.decide(as.task().workflowId());
                return new RepairVerdict(Outcome.REPAIRED, reason);
            } catch (ConductorUnavailableException | ConductorRefusedException e) {
                return new RepairVerdict(
                        Outcome.REPAIRED, reason + "; could not trigger the workflow: " + e.getMessage());
            }
        }

        RepairResult toResult(RepairVerdict verdict) {
            return new RepairResult(
                    verdict.outcome(),
                    verdict.reason(),
                    Optional.ofNullable(row).flatMap(ConductorTask::knownStatus),
                    secondExecutionPossible);
        }
    }
}
