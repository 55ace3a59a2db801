package dev.ratchet.task;

import java.util.Set;

/**
 * How a rerun puts back a task that ended without success, by its type: Conductor's {@code WorkflowExecutorOps#finalizeRerun}.
 */
final class SystemTasks {
    /**
     * Come back IN_PROGRESS, because their class in
     * {@code com.netflix.conductor.core.execution.tasks} ({@code json-jq-task} and {@code agentspan} for some) leaves
     * {@code WorkflowSystemTask#isAsync} at false.
     */
    private static final Set<String> SYNCHRONOUS = Set.of(
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

    /** Come back IN_PROGRESS: {@code finalizeRerun} names them. */
    private static final Set<String> CONTAINERS = Set.of("JOIN", "DO_WHILE");

    /** Come back SCHEDULED, because {@code isAsync} is true. Worker tasks do so too, but have names of their own. */
    private static final Set<String> ASYNCHRONOUS =
            Set.of("HTTP", "KAFKA_PUBLISH", "PULL_WORKFLOW_MESSAGES", "START_WORKFLOW", "SUB_WORKFLOW", "WAIT");

    /** A rerun from one of these starts it at once, and writes it IN_PROGRESS, but without a startTime. */
    private static final Set<String> STARTED_BY_RERUN = Set.of("EVENT", "HUMAN", "SUB_WORKFLOW");

    private SystemTasks() {}

    /** Whether the status is one that a rerun from a task of this type writes. */
    static boolean isRerunAs(StatusEvent event) {
        return switch (event.status()) {
            case SCHEDULED -> true;
            case IN_PROGRESS -> STARTED_BY_RERUN.contains(event.task().taskType());
            default -> false;
        };
    }

    /** Whether Conductor starts tasks of this type from a queue, which it counts as a poll. */
    static boolean isAsynchronous(String taskType) {
        return ASYNCHRONOUS.contains(taskType);
    }

    /** Whether Conductor evaluates tasks of this type repeatedly until they end, and counts each time as a poll. */
    static boolean isPolledUntilEnd(String taskType) {
        return taskType.equals("JOIN");
    }

    /**
     * Whether the status is one that a rerun puts a task of this type back to. Synchronous tasks may be SCHEDULED as well, since
     * earlier versions put them back so. A type without a name here is a worker's task, or a system task that the table leaves out; of
     * these only a synchronous one can be IN_PROGRESS without ever having been polled.
     */
    static boolean isPutBackAs(StatusEvent event) {
        String type = event.task().taskType();
        return switch (event.status()) {
            case SCHEDULED -> !CONTAINERS.contains(type);
            case IN_PROGRESS ->
                CONTAINERS.contains(type)
                        || SYNCHRONOUS.contains(type)
                        || (!ASYNCHRONOUS.contains(type) && event.evidence().pollCount() == 0);
            default -> false;
        };
    }
}
