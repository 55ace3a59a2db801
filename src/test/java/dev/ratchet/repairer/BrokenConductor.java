package dev.ratchet.repairer;

import dev.ratchet.repair.Conductor;
import dev.ratchet.repair.ConductorTask;
import dev.ratchet.repair.ConductorWorkflow;
import dev.ratchet.repair.TaskUpdate;
import java.util.Optional;

/** A port with a mistake in it. */
final class BrokenConductor implements Conductor {
    @Override
    public Optional<ConductorTask> task(String taskId) {
        throw new IllegalStateException("broken");
    }

    @Override
    public Optional<ConductorWorkflow> workflow(String workflowId) {
        throw new IllegalStateException("broken");
    }

    @Override
    public void update(TaskUpdate update) {
        throw new IllegalStateException("broken");
    }

    @Override
    public void decide(String workflowId) {
        throw new IllegalStateException("broken");
    }
}
