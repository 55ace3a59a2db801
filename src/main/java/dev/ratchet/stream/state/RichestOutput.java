package dev.ratchet.stream.state;

import dev.ratchet.task.TaskOutput;
import java.util.Optional;

/**
 * The richer of two reports of one terminal status, field by field: a value beats no value, and a non-empty output
 * beats an empty one. If both are equal, the later report counts, because Conductor holds the last write.
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
