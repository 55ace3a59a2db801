package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Works on the tasks of stories as their input says. */
final class StoryWorkers implements TaskHandler {
    /** The outcome of a task that its worker never reports. */
    static final String NOTHING = "nothing";

    private static final int THREADS = 2;

    private final Map<String, Integer> executions = new ConcurrentHashMap<>();

    static Workers start(ConductorServer conductor) {
        Workflows workflows = new Workflows(conductor);
        workflows.registerTasks(StoryTask.WORK, StoryTask.MANUAL);
        workflows.registerTask(
                StoryTask.RETRIED,
                Map.of(
                        "retryCount", 2,
                        "retryDelaySeconds", 0,
                        "timeoutSeconds", 600,
                        "responseTimeoutSeconds", 2,
                        "timeoutPolicy", "RETRY"));
        workflows.registerTask(
                StoryTask.EXPIRING,
                Map.of(
                        "retryCount", 0,
                        "timeoutSeconds", 3,
                        "responseTimeoutSeconds", 2,
                        "pollTimeoutSeconds", 2,
                        "timeoutPolicy", "TIME_OUT_WF"));
        TaskHandler craft = new StoryWorkers();
        return Workers.start(conductor, THREADS, Map.of(StoryTask.WORK, craft, StoryTask.RETRIED, craft));
    }

    @Override
    public Optional<String> status(JsonNode task) {
        // A rerun executes the same task again, and a retry another one: both are the next execution.
        String place = task.get("correlationId").asText() + " "
                + task.get("referenceTaskName").asText();
        int execution = executions.merge(place, 1, Integer::sum);
        JsonNode outcomes = task.get("inputData").path(StoryTask.OUTCOMES);
        String outcome = outcomes.isEmpty()
                ? "COMPLETED"
                : outcomes.get(Math.min(execution, outcomes.size()) - 1).asText();
        return Optional.of(outcome).filter(status -> !status.equals(NOTHING));
    }
}
