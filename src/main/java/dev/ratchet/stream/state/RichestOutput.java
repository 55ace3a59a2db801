package dev.ratchet.stream.state;

import dev.ratchet.task.TaskOutput;
import java.util.Optional;

/**
 * The richest of what two reports of one end carry, field by field: what one has beats what the other lacks, and an output
 * with anything in it beats an empty one. Where both are as rich, the later report counts: Conductor holds what it wrote last.
 */
final class RichestOutput {
    private static final int NO_OUTPUT = 0;
    private static final int EMPTY_OUTPUT = 1;
    private static final int OUTPUT = 2;

    private RichestOutput() {}

    static TaskOutput of(TaskOutput earlier, TaskOutput later) {
        return new TaskOutput(
                rank(earlier.output()) > rank(later.output()) ? earlier.output() : later.output(),
                richest(earlier.externalOutputPath(), later.externalOutputPath()),
                richest(earlier.workerId(), later.workerId()),
                richest(earlier.reasonForIncompletion(), later.reasonForIncompletion()),
                richest(earlier.subWorkflowId(), later.subWorkflowId()),
                earlier.complete() && later.complete());
    }

    private static String richest(String earlier, String later) {
        return later.isEmpty() ? earlier : later;
    }

    private static int rank(Optional<String> output) {
        return output.map(json -> isEmptyObject(json) ? EMPTY_OUTPUT : OUTPUT).orElse(NO_OUTPUT);
    }

    private static boolean isEmptyObject(String json) {
        String object = json.strip();
        return object.startsWith("{")
                && object.endsWith("}")
                && object.substring(1, object.length() - 1).isBlank();
    }
}
