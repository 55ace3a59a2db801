package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Conductor's REST API, as far as the tests need it. */
final class Workflows {
    private final Rest rest;

    Workflows(ConductorServer conductor) {
        rest = new Rest(conductor.api());
    }

    /** Task definitions by these names: no retry, long timeouts. */
    void registerTasks(String... names) {
        List<Map<String, Object>> definitions = new ArrayList<>();
        for (String name : names) {
            definitions.add(Map.of(
                    "name", name,
                    "ownerEmail", "real@ratchet.dev",
                    "retryCount", 0,
                    "timeoutSeconds", 3600,
                    "responseTimeoutSeconds", 600));
        }
        rest.post("/metadata/taskdefs", definitions);
    }

    void register(String name, List<Map<String, Object>> tasks) {
        rest.post(
                "/metadata/workflow",
                Map.of(
                        "name",
                        name,
                        "version",
                        1,
                        "schemaVersion",
                        2,
                        "ownerEmail",
                        "real@ratchet.dev",
                        "timeoutSeconds",
                        0,
                        "timeoutPolicy",
                        "ALERT_ONLY",
                        "tasks",
                        tasks));
    }

    /** {@return the id of the execution} */
    String start(String name) {
        return rest.post("/workflow/" + name, Map.of()).asText();
    }

    String status(String workflowId) {
        return rest.get("/workflow/" + workflowId + "?includeTasks=false")
                .get("status")
                .asText();
    }

    /** Its tasks as Conductor holds them now. */
    List<JsonNode> tasks(String workflowId) {
        List<JsonNode> tasks = new ArrayList<>();
        rest.get("/workflow/" + workflowId + "?includeTasks=true").get("tasks").forEach(tasks::add);
        return tasks;
    }

    /** {@return the execution that a task belongs to} */
    String workflowOf(String taskId) {
        return rest.get("/tasks/" + taskId).get("workflowInstanceId").asText();
    }

    /** For good, with its tasks. */
    void remove(String workflowId) {
        rest.delete("/workflow/" + workflowId + "/remove?archiveWorkflow=false");
    }

    /** A task for a worker, named as its definition. */
    static Map<String, Object> simple(String name) {
        return Map.of("name", name, "taskReferenceName", name, "type", "SIMPLE");
    }
}
