package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What a worker makes of a task that it is given. */
interface TaskHandler {
    /**
     * Does the work.
     *
     * @return the status that it reports; empty if it is never heard of again
     */
    Optional<String> status(JsonNode task);

    /** Says so many times that it is at work, whereupon the task is put back into its queue, and completes it then. */
    static TaskHandler completesAfter(int heartbeats) {
        return task -> Optional.of(task.get("pollCount").asInt() > heartbeats ? "COMPLETED" : "IN_PROGRESS");
    }
}
