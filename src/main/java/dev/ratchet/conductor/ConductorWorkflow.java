package dev.ratchet.conductor;

/**
 * A workflow execution at the moment Conductor was asked.
 *
 * @param workflowId not empty
 * @param status in Conductor's own word, such as RUNNING or TERMINATED; not empty
 */
public record ConductorWorkflow(String workflowId, String status) {
    /** Whether Conductor still heeds updates of its tasks. */
    public boolean isLive() {
        return status.equals("RUNNING") || status.equals("PAUSED");
    }
}
