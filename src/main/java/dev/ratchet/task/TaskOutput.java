package dev.ratchet.task;

import java.util.Optional;

/**
 * What a repair has to restore beside the status, because Conductor loses it with the status. The rule does not read it.
 * Missing texts are empty.
 *
 * <p>Worker and reason are cut to their {@link TextLimits}. A path or an id that is too long is omitted,
 * and so is an output that is too large: then this is not {@code complete}.
 *
 * @param output the task's output, a JSON object; empty if there was none, or it is too large to keep
 * @param externalOutputPath where Conductor put an output too large for the row
 * @param workerId who reported the end
 * @param reasonForIncompletion why the task did not succeed
 * @param subWorkflowId the child of a SUB_WORKFLOW task
 * @param complete false if output, path or child was there, but too large to keep, or not to be read back
 */
public record TaskOutput(
        Optional<String> output,
        String externalOutputPath,
        String workerId,
        String reasonForIncompletion,
        String subWorkflowId,
        boolean complete) {
    public static final TaskOutput NONE = new TaskOutput(Optional.empty(), "", "", "", "");

    public TaskOutput(
            Optional<String> output,
            String externalOutputPath,
            String workerId,
            String reasonForIncompletion,
            String subWorkflowId) {
        this(output, externalOutputPath, workerId, reasonForIncompletion, subWorkflowId, true);
    }

    public TaskOutput {
        workerId = TextLimits.cut(workerId, TextLimits.NAME);
        reasonForIncompletion = TextLimits.cut(reasonForIncompletion, TextLimits.REASON);
        if (externalOutputPath.length() > TextLimits.PATH) {
            externalOutputPath = "";
            output = Optional.empty(); // {} beside a path, which must not pass for the output
            complete = false;
        }
        if (subWorkflowId.length() > TextLimits.ID) {
            subWorkflowId = "";
            complete = false;
        }
    }

    /** The same without its output, which is too large to keep. */
    public TaskOutput withoutOutput() {
        return new TaskOutput(
                Optional.empty(), externalOutputPath, workerId, reasonForIncompletion, subWorkflowId, false);
    }

    /** Does not show the output, which may be secret. */
    @Override
    public String toString() {
        return "TaskOutput[output of " + output.map(String::length).orElse(0) + " characters]";
    }
}
