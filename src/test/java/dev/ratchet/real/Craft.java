package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What a worker makes of a task that it is given. */
interface Craft {
    /**
     * Does the work.
     *
     * @param before how often tasks of that name were executed in this execution of the workflow
     * @return the status that it reports; empty if it is never heard of again
     */
    Optional<String> status(JsonNode task, int before);

    static Craft completes() {
        return completesAfter(0);
    }

    /** Says so many times that it is at work, whereupon the task is put back into its queue, and completes it then. */
    static Craft completesAfter(int heartbeats) {
        return (task, before) -> Optional.of(task.get("pollCount").asInt() > heartbeats ? "COMPLETED" : "IN_PROGRESS");
    }

    static Craft fails() {
        return (task, before) -> Optional.of("FAILED");
    }

    static Craft failsOnce() {
        return (task, before) -> Optional.of(before == 0 ? "FAILED" : "COMPLETED");
    }

    /** Conductor has to give the task to another one. */
    static Craft diesOnce() {
        return (task, before) ->
                Optional.of("COMPLETED").filter(status -> task.get("retryCount").asInt() > 0);
    }
}
