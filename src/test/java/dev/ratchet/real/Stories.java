package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/**
 * What is done to workflows on purpose: ended tasks are reopened, live ones cut off, and much of it looks almost as a lost
 * update does. Each story returns how its workflow ended.
 */
final class Stories implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Every execution that took part. */
    final List<String> ids = new CopyOnWriteArrayList<>();

    private final Workflows workflows;
    private final Workers workers;

    Stories(ConductorServer conductor) {
        workflows = new Workflows(conductor);
        StoryDefinitions.register(workflows);
        Map<String, Craft> crafts = new HashMap<>(StoryDefinitions.CRAFTS);
        crafts.put(StoryDefinitions.FAILS_LAST, this::failOnceAfterFirst);
        workers = Workers.start(conductor, 1, crafts);
    }

    /** By name, how each ended. */
    Map<String, String> all() {
        Map<String, String> endings = new LinkedHashMap<>();
        endings.put("rerun from a completed task", rerunFromCompleted());
        endings.put("rerun from a failed task", rerunFromFailed());
        endings.put("retry", retried());
        endings.put("restart", restarted());
        endings.put("terminate", terminated());
        endings.put("retry of a sub-workflow", subWorkflowRetried());
        endings.put("failure of an optional task", ended("optional", "COMPLETED"));
        endings.put("fork and join", ended("fork", "COMPLETED"));
        endings.put("retry within a fork", retriedWithinAFork());
        endings.put("automatic retry after a timeout", ended("late", "COMPLETED"));
        endings.put("timeout of a workflow", ended("too-late", "TIMED_OUT"));
        return endings;
    }

    private String rerunFromCompleted() {
        String id = start("plain");
        await(id, "COMPLETED");
        workflows.rerun(id, task(id, "first"));
        return await(id, "COMPLETED");
    }

    private String rerunFromFailed() {
        String id = start("flaky");
        await(id, "FAILED");
        workflows.rerun(id, task(id, "fails-once"));
        return await(id, "COMPLETED");
    }

    private String retried() {
        String id = start("flaky");
        await(id, "FAILED");
        workflows.retry(id);
        return await(id, "COMPLETED");
    }

    private String restarted() {
        String id = start("plain");
        await(id, "COMPLETED");
        workflows.restart(id);
        return await(id, "COMPLETED");
    }

    private String terminated() {
        String id = start("abandoned");
        Awaitility.await("its second task")
                .atMost(PATIENCE)
                .until(() -> workflows.tasks(id).size() == 2);
        workflows.terminate(id);
        return await(id, "TERMINATED");
    }

    private String subWorkflowRetried() {
        String id = start("parent");
        await(id, "FAILED");
        String child = workflows.tasks(id).get(0).get("subWorkflowId").asText();
        ids.add(child);
        workflows.retry(child);
        await(child, "COMPLETED");
        return await(id, "COMPLETED");
    }

    private String retriedWithinAFork() {
        String id = start("flaky-fork");
        await(id, "FAILED");
        workflows.retry(id);
        return await(id, "COMPLETED");
    }

    /** When a branch fails, Conductor cancels the other even if it ends at that moment, and so ends it twice. */
    private Optional<String> failOnceAfterFirst(JsonNode task, int before) {
        String id = task.get("workflowInstanceId").asText();
        Awaitility.await("the other branch")
                .atMost(PATIENCE)
                .until(() -> status(id, "first").equals("COMPLETED"));
        return Craft.failsOnce().status(task, before);
    }

    private String ended(String name, String status) {
        return await(start(name), status);
    }

    private String start(String name) {
        String id = workflows.start(name);
        ids.add(id);
        return id;
    }

    private String task(String workflowId, String referenceName) {
        return field("taskId", workflowId, referenceName);
    }

    private String status(String workflowId, String referenceName) {
        return field("status", workflowId, referenceName);
    }

    private String field(String name, String workflowId, String referenceName) {
        return workflows.tasks(workflowId).stream()
                .filter(task -> task.get("referenceTaskName").asText().equals(referenceName))
                .map(task -> task.get(name).asText())
                .findFirst()
                .orElseThrow();
    }

    /** Until it ends so; Conductor is asked to look at it, or timeouts would take half a minute more. */
    private String await(String workflowId, String status) {
        Awaitility.await("a workflow to become " + status)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    boolean ended = workflows.status(workflowId).equals(status);
                    if (!ended && !status.equals("FAILED")) {
                        workflows.decide(workflowId);
                    }
                    return ended;
                });
        Map<String, String> ending = new TreeMap<>();
        for (JsonNode task : workflows.tasks(workflowId)) {
            ending.put(
                    task.get("referenceTaskName").asText(), task.get("status").asText());
        }
        return status + " " + ending;
    }

    @Override
    public void close() {
        workers.close();
    }
}
