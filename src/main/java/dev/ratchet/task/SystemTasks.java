package dev.ratchet.task;

import java.util.Set;

/**
 * How a rerun puts back a task that ended without success, by its type: Conductor's {@code WorkflowExecutorOps#finalizeRerun}.
 */
final class SystemTasks {
    /**
     * Come back IN_PROGRESS. JOIN and DO_WHILE by name; the others because their class in
     * {@code com.netflix.conductor.core.execution.tasks} ({@code json-jq-task} and {@code agentspan} for some) leaves
     * {@code WorkflowSystemTask#isAsync} at false.
     */
    private static final Set<String> RESUMED = Set.of(
            "JOIN",
            "DO_WHILE",
            "DECISION",
            "EVENT",
            "EXCLUSIVE_JOIN",
            "FORK",
            "HUMAN",
            "INLINE",
            "JSON_JQ_TRANSFORM",
            "LAMBDA",
            "LIST_API_TOOLS",
            "NOOP",
            "PLANNER_CONTEXT_FETCH",
            "PLAN_AND_COMPILE",
            "SET_VARIABLE",
            "SWITCH",
            "TERMINATE");

    /** Come back SCHEDULED, since {@code isAsync} is true. Tasks of workers do so too, but have names of their own. */
    private static final Set<String> REQUEUED =
            Set.of("HTTP", "KAFKA_PUBLISH", "PULL_WORKFLOW_MESSAGES", "START_WORKFLOW", "SUB_WORKFLOW", "WAIT");

    private SystemTasks() {}

    /**
     * Whether the status is one that a rerun puts a task of this type back to. SCHEDULED for any type: earlier versions put
     * back all but JOIN and DO_WHILE so. A type without a name here is a worker's task, or a system task of the user's own;
     * of these only a synchronous one can be IN_PROGRESS without ever having been polled.
     */
    static boolean isPutBackAs(StatusEvent event) {
        String type = event.task().taskType();
        return switch (event.status()) {
            case SCHEDULED -> true;
            case IN_PROGRESS ->
                RESUMED.contains(type)
                        || (!REQUEUED.contains(type) && event.evidence().pollCount() == 0);
            default -> false;
        };
    }
}
