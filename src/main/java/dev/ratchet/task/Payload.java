package dev.ratchet.task;

import java.util.Optional;

/**
 * What a record carries that a repair would have to give back, as Conductor loses it with the status. The rule does not
 * look at it. Texts are empty where there are none.
 *
 * @param output the task's output, a JSON object; empty if there was none, or it is too large to keep
 * @param externalOutputPath where Conductor put an output too large for the row
 * @param workerId who reported the end
 * @param reasonForIncompletion why the task did not succeed
 * @param subWorkflowId the child of a SUB_WORKFLOW task
 */
public record Payload(
        Optional<String> output,
        String externalOutputPath,
        String workerId,
        String reasonForIncompletion,
        String subWorkflowId) {
    public static final Payload NONE = new Payload(Optional.empty(), "", "", "", "");

    /** The same with another output, or none. */
    public Payload withOutput(Optional<String> other) {
        return new Payload(other, externalOutputPath, workerId, reasonForIncompletion, subWorkflowId);
    }

    /** Outputs may be secret. */
    @Override
    public String toString() {
        return "Payload[output of " + output.map(String::length).orElse(0) + " characters]";
    }
}
