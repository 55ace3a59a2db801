package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
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
        for (String name : names) {
            registerTask(name, Map.of("retryCount", 0, "timeoutSeconds", 3600, "responseTimeoutSeconds", 600));
        }
    }

    /** A task definition with settings of its own. */
    void registerTask(String name, Map<String, Object> settings) {
        Map<String, Object> definition = new HashMap<>(settings);
        definition.put("name", name);
        definition.put("ownerEmail", "real@ratchet.dev");
        rest.post("/metadata/taskdefs", List.of(definition));
    }

    /** A workflow by this name, whether there is one already or not. */
    void register(String name, List<Map<String, Object>> tasks) {
        rest.put("/metadata/workflow", List.of(definition(name, tasks)));
    }

    /** What a workflow is made of. */
    static Map<String, Object> definition(String name, List<Map<String, Object>> tasks) {
        return Map.of(
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
                tasks);
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

    /** It and its tasks as Conductor holds them now. */
    JsonNode workflow(String workflowId) {
        return rest.get("/workflow/" + workflowId + "?includeTasks=true");
    }

    List<JsonNode> tasks(String workflowId) {
        List<JsonNode> tasks = new ArrayList<>();
        workflow(workflowId).get("tasks").forEach(tasks::add);
        return tasks;
    }

    /** {@return the execution that a task belongs to} */
    String workflowOf(String taskId) {
        return rest.get("/tasks/" + taskId).get("workflowInstanceId").asText();
    }

    void terminate(String workflowId) {
        rest.delete("/workflow/" + workflowId + "?reason=enough");
    }

    /** Has Conductor look at it now and not in half a minute: timeouts are noticed then. */
    void decide(String workflowId) {
        rest.put("/workflow/decide/" + workflowId, Map.of());
    }

    /** For good, with its tasks. */
    void remove(String workflowId) {
        rest.delete("/workflow/" + workflowId + "/remove?archiveWorkflow=false");
    }

    /** A task for a worker, named as its definition. */
    static Map<String, Object> simple(String name) {
        return simple(name, name);
    }

    /** The like, in a workflow that has several of that definition. */
    static Map<String, Object> simple(String name, String referenceName) {
        return Map.of("name", name, "taskReferenceName", referenceName, "type", "SIMPLE");
    }
}
