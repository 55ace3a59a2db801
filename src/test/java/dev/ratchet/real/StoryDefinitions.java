package dev.ratchet.real;

import java.util.List;
import java.util.Map;

/** The workflows that the stories are told with, and who works for them. */
final class StoryDefinitions {
    /** Fails once, when the other branch of its fork is done. */
    static final String FAILS_LAST = "fails-last";

    /** Nobody works on {@code nobodys} tasks. */
    static final Map<String, Craft> CRAFTS = Map.of(
            "first", Craft.completes(),
            "second", Craft.completes(),
            "third", Craft.completes(),
            "fails", Craft.fails(),
            "fails-once", Craft.failsOnce(),
            "dies-once", Craft.diesOnce());

    private StoryDefinitions() {}

    static void register(Workflows workflows) {
        workflows.registerTasks("first", "second", "third", "fails", "fails-once", FAILS_LAST, "nobodys");
        workflows.registerTask(
                "dies-once",
                Map.of(
                        "retryCount", 2,
                        "retryDelaySeconds", 0,
                        "timeoutSeconds", 600,
                        "responseTimeoutSeconds", 2,
                        "timeoutPolicy", "RETRY"));
        workflows.registerTask(
                "nobodys-soon",
                Map.of(
                        "retryCount", 0,
                        "timeoutSeconds", 3,
                        "responseTimeoutSeconds", 2,
                        "pollTimeoutSeconds", 2,
                        "timeoutPolicy", "TIME_OUT_WF"));
        Map<String, Object> first = Workflows.simple("first");
        Map<String, Object> second = Workflows.simple("second");
        Map<String, Object> third = Workflows.simple("third");
        Map<String, Object> flaky = Workflows.simple("fails-once");
        workflows.register("plain", List.of(first, second, third));
        workflows.register("flaky", List.of(first, flaky, third));
        workflows.register("abandoned", List.of(first, Workflows.simple("nobodys"), third));
        workflows.register("child", List.of(first, flaky));
        workflows.register("parent", List.of(subWorkflow("child"), third));
        workflows.register("optional", List.of(first, optional("fails"), third));
        workflows.register("fork", List.of(fork(first, second), join("first", "second"), third));
        Map<String, Object> flakyLast = Workflows.simple(FAILS_LAST);
        workflows.register("flaky-fork", List.of(fork(first, flakyLast), join("first", FAILS_LAST), third));
        workflows.register("late", List.of(first, Workflows.simple("dies-once"), third));
        workflows.register("too-late", List.of(first, Workflows.simple("nobodys-soon"), third));
    }

    private static Map<String, Object> optional(String name) {
        return Map.of("name", name, "taskReferenceName", name, "type", "SIMPLE", "optional", true);
    }

    private static Map<String, Object> subWorkflow(String name) {
        return Map.of(
                "name",
                name,
                "taskReferenceName",
                name,
                "type",
                "SUB_WORKFLOW",
                "subWorkflowParam",
                Map.of("name", name, "version", 1));
    }

    private static Map<String, Object> fork(Map<String, Object> one, Map<String, Object> other) {
        return Map.of(
                "name", "fork",
                "taskReferenceName", "fork",
                "type", "FORK_JOIN",
                "forkTasks", List.of(List.of(one), List.of(other)));
    }

    private static Map<String, Object> join(String... names) {
        return Map.of("name", "join", "taskReferenceName", "join", "type", "JOIN", "joinOn", List.of(names));
    }
}
