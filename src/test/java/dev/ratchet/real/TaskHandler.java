package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** How a worker handles a task. */
interface TaskHandler {
    /**
     * Does the work.
     *
     * @return the status that it reports; empty if it reports nothing
     */
    Optional<String> status(JsonNode task);

    /** Reports the given number of heartbeats, each of which requeues the task, and then completes it. */
    static TaskHandler completesAfter(int heartbeats) {
        return task -> Optional.of(task.get("pollCount").asInt() > heartbeats ? "COMPLETED" : "IN_PROGRESS");
    }
}
