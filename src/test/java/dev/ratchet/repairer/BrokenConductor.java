package dev.ratchet.repairer;

import dev.ratchet.repair.Conductor;
import dev.ratchet.repair.ConductorTask;
import dev.ratchet.repair.ConductorWorkflow;
import dev.ratchet.repair.TaskUpdate;
import java.util.Optional;

/** A port with a mistake in it. */
final class BrokenConductor implements Conductor {
    private final RuntimeException failure;

    BrokenConductor(RuntimeException failure) {
        this.failure = failure;
    }

    @Override
    public Optional<ConductorTask> task(String taskId) {
        throw failure;
    }

    @Override
    public Optional<ConductorWorkflow> workflow(String workflowId) {
        throw failure;
    }

    @Override
    public void update(TaskUpdate update) {
        throw failure;
    }

    @Override
    public void decide(String workflowId) {
        throw failure;
    }
}
