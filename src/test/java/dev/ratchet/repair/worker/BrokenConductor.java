package dev.ratchet.repair.worker;

import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.conductor.ConductorWorkflow;
import dev.ratchet.conductor.TaskUpdate;
import java.util.Optional;

/** A port with a mistake in it. */
final class BrokenConductor implements ConductorClient {
    private final Throwable failure;

    BrokenConductor(RuntimeException failure) {
        this.failure = failure;
    }

    BrokenConductor(Error failure) {
        this.failure = failure;
    }

    private RuntimeException broken() {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    @Override
    public Optional<ConductorTask> task(String taskId) {
        throw broken();
    }

    @Override
    public Optional<ConductorWorkflow> workflow(String workflowId) {
        throw broken();
    }

    @Override
    public void update(TaskUpdate update) {
        throw broken();
    }

    @Override
    public void decide(String workflowId) {
        throw broken();
    }
}
