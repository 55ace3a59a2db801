package dev.ratchet.conductor;

/**
 * A workflow execution in Conductor.
 *
 * @param workflowId not empty
 * @param status such as RUNNING or TERMINATED; not empty
 */
public record ConductorWorkflow(String workflowId, String status) {

    /** Whether Conductor still accepts updates of its tasks. */
    public boolean isLive() {
        return status.equals("RUNNING") || status.equals("PAUSED");
    }
}
