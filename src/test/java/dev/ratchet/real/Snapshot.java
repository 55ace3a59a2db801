package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.task.TaskStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An execution as Conductor holds it at a moment, with its tasks. */
record Snapshot(JsonNode workflow) {
    private static final Set<String> LIVE = Set.of("RUNNING", "PAUSED");

    String status() {
        return workflow.get("status").asText();
    }

    boolean isTerminal() {
        return !LIVE.contains(status());
    }

    /** The last of that reference name: a retry adds another. */
    Optional<JsonNode> find(String reference) {
        return tasks().filter(task -> task.get("referenceTaskName").asText().equals(reference))
                .max(Comparator.comparingInt(task -> task.get("retryCount").asInt()));
    }

    JsonNode last(String reference) {
        return find(reference).orElseThrow(() -> new IllegalStateException("Expected a task " + reference));
    }

    boolean isLive(String reference) {
        return find(reference)
                .filter(task -> !TaskStatus.valueOf(task.get("status").asText()).isTerminal())
                .isPresent();
    }

    /**
     * Whether Conductor may have ended it though nobody asked for it: a JOIN failed, which it may do before the branch's next
     * try has begun; or the machine was too busy for a loop's condition.
     */
    boolean isEndedByConductor() {
        return reason().contains("Script not evaluated within")
                || tasks().filter(task -> task.get("taskType").asText().equals("JOIN"))
                        .anyMatch(join ->
                                TaskStatus.valueOf(join.get("status").asText()).isUnsuccessful());
    }

    String reason() {
        return workflow.path("reasonForIncompletion").asText();
    }

    /** What changes when something happens, and only then. */
    List<String> statuses() {
        return Stream.concat(Stream.of(status()), tasks().map(task -> task.get("taskId") + " " + task.get("status")))
                .toList();
    }

    private Stream<JsonNode> tasks() {
        return StreamSupport.stream(workflow.get("tasks").spliterator(), false);
    }
}
