package dev.ratchet.repair;

import java.util.Optional;

/**
 * What a task has brought forth, as Conductor's row holds it. Texts are empty where it holds none.
 *
 * @param output a JSON object, as it came; empty if there is none, or it is larger than what is wanted
 * @param externalOutputPath where Conductor put an output too large for the row
 * @param workerId who reported it last
 * @param reasonForIncompletion why the task did not succeed
 * @param subWorkflowId the child of a SUB_WORKFLOW task
 */
public record TaskPayload(
        Optional<String> output,
        String externalOutputPath,
        String workerId,
        String reasonForIncompletion,
        String subWorkflowId) {
    public static final TaskPayload NONE = new TaskPayload(Optional.empty(), "", "", "", "");

    /** Outputs may be secret, and reasons quote them. */
    @Override
    public String toString() {
        return "TaskPayload["
                + output.map(json -> "output of " + json.length() + " characters")
                        .orElse("no output") + "]";
    }
}
