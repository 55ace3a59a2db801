package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One execution of a story's workflow, or of a sub-workflow of it. */
final class Execution {
    private final Rest rest;
    private final Workflows workflows;
    private final String name;
    private final String id;

    private Execution(Rest rest, Workflows workflows, String name, String id) {
        this.rest = rest;
        this.workflows = workflows;
        this.name = name;
        this.id = id;
    }

    /** @param correlationId what all the tasks of the story have in common */
    static Execution start(ConductorServer conductor, Story story, String correlationId) {
        Rest rest = new Rest(conductor.api());
        Workflows workflows = new Workflows(conductor);
        workflows.register(story.name(), StoryTask.definitions(story.tasks()));
        Map<String, Object> request = Map.of(
                "name", story.name(),
                "correlationId", correlationId,
                "input", Map.of("api", conductor.api()));
        return new Execution(
                rest, workflows, story.name(), rest.post("/workflow", request).asText());
    }

    String id() {
        return id;
    }

    /** The sub-workflow that a task has started. */
    Execution child(String reference) {
        await(reference, task -> task.hasNonNull("subWorkflowId"));
        String child = snapshot().last(reference).get("subWorkflowId").asText();
        return new Execution(rest, workflows, name + "/" + reference, child);
    }

    void define(List<StoryTask> tasks) {
        workflows.register(name, StoryTask.definitions(tasks));
    }

    void post(String operation) {
        rest.post("/workflow/" + id + operation, Map.of());
    }

    void put(String operation) {
        rest.put("/workflow/" + id + operation, Map.of());
    }

    void bulk(String method, String operation) {
        String path = "/workflow/bulk/" + operation;
        JsonNode answer = method.equals("PUT") ? rest.put(path, List.of(id)) : rest.post(path, List.of(id));
        if (answer.get("bulkSuccessfulResults").isEmpty()) {
            throw new IllegalStateException("Expected %s to be done, but got %s".formatted(path, answer));
        }
    }

    void terminate() {
        workflows.terminate(id);
    }

    void rerun(Map<String, Object> request) {
        Map<String, Object> body = new HashMap<>(request);
        body.put("reRunFromWorkflowId", id);
        rest.post("/workflow/" + id + "/rerun", body);
    }

    /** Reports it as the UI does, when it is there. */
    void report(String reference, String status) {
        wait("a live task " + reference).until(now -> !now.isTerminal() && now.isLive(reference));
        rest.post("/tasks/%s/%s/%s".formatted(id, reference, status), Map.of("by", "hand"));
    }

    String taskId(String reference) {
        return snapshot().last(reference).get("taskId").asText();
    }

    /** Waits for something of the last task of that reference name. */
    void await(String reference, Predicate<JsonNode> condition) {
        wait(reference).until(now -> now.find(reference).filter(condition).isPresent());
    }

    /** Conductor is asked to look at it meanwhile, or timeouts would take half a minute more. */
    void await(String status) {
        wait(status).untilAtRest(now -> {
            if (now.status().equals("RUNNING")) {
                workflows.decide(id);
            }
            return now.status().equals(status);
        });
    }

    private StoryWait wait(String what) {
        return new StoryWait(name + ": " + what, this::snapshot);
    }

    private Snapshot snapshot() {
        return new Snapshot(workflows.workflow(id));
    }
}
