package dev.ratchet.real;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tasks that hold others, and those that join them. The first argument of each factory is the reference name. */
final class StoryContainer {
    private StoryContainer() {}

    static StoryTask loop(String reference, int iterations, StoryTask... tasks) {
        String condition = "if ($.%s['iteration'] < %d) { true; } else { false; }".formatted(reference, iterations);
        return StoryTask.task(
                        reference,
                        reference,
                        "DO_WHILE",
                        Map.of("loopCondition", condition, "loopOver", StoryTask.definitions(List.of(tasks))))
                .named("DO_WHILE %s ×%d (%s)".formatted(reference, iterations, StoryTask.texts(List.of(tasks))));
    }

    /** The tasks of one branch of a fork. */
    record Branch(List<StoryTask> tasks) {}

    static Branch branch(StoryTask... tasks) {
        return new Branch(List.of(tasks));
    }

    static StoryTask fork(String reference, Branch... branches) {
        return StoryTask.task(
                        reference,
                        reference,
                        "FORK_JOIN",
                        Map.of(
                                "forkTasks",
                                Stream.of(branches)
                                        .map(branch -> StoryTask.definitions(branch.tasks()))
                                        .toList()))
                .named("FORK %s (%s)"
                        .formatted(
                                reference,
                                Stream.of(branches)
                                        .map(branch -> StoryTask.texts(branch.tasks()))
                                        .collect(Collectors.joining(" / "))));
    }

    /** @param joinOn the last task of each branch; none after a dynamic fork */
    static StoryTask join(String reference, String... joinOn) {
        return StoryTask.task(reference, reference, "JOIN", Map.of("joinOn", List.of(joinOn)))
                .named("JOIN " + reference);
    }

    /** Ends with the first of these tasks that ends. */
    static StoryTask exclusiveJoin(String reference, String... joinOn) {
        return StoryTask.task(reference, reference, "EXCLUSIVE_JOIN", Map.of("joinOn", List.of(joinOn)))
                .named("EXCLUSIVE_JOIN " + reference);
    }

    /** A branch for each of the tasks. */
    static StoryTask dynamicFork(String reference, StoryTask... tasks) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (StoryTask task : tasks) {
            inputs.put(
                    (String) task.definition().get("taskReferenceName"),
                    task.definition().getOrDefault("inputParameters", Map.of()));
        }
        return StoryTask.task(
                        reference,
                        reference,
                        "FORK_JOIN_DYNAMIC",
                        Map.of(
                                "inputParameters",
                                        Map.of("tasks", StoryTask.definitions(List.of(tasks)), "inputs", inputs),
                                "dynamicForkTasksParam", "tasks",
                                "dynamicForkTasksInputParamName", "inputs"))
                .named("dynamic FORK %s (%s)"
                        .formatted(reference, StoryTask.texts(List.of(tasks)).replace(", ", " / ")));
    }

    /** Takes the way with these tasks. */
    static StoryTask switchTo(String reference, StoryTask... tasks) {
        return StoryTask.task(
                        reference,
                        reference,
                        "SWITCH",
                        Map.of(
                                "evaluatorType",
                                "value-param",
                                "expression",
                                "way",
                                "inputParameters",
                                Map.of("way", "these"),
                                "decisionCases",
                                Map.of("these", StoryTask.definitions(List.of(tasks)))))
                .named("SWITCH %s (%s)".formatted(reference, StoryTask.texts(List.of(tasks))));
    }

    static StoryTask sub(String reference, StoryTask... tasks) {
        Map<String, Object> parameters = Map.of(
                "name",
                reference,
                "version",
                1,
                "workflowDefinition",
                Workflows.definition(reference, StoryTask.definitions(List.of(tasks))));
        return StoryTask.task(reference, reference, "SUB_WORKFLOW", Map.of("subWorkflowParam", parameters))
                .named("SUB_WORKFLOW %s (%s)".formatted(reference, StoryTask.texts(List.of(tasks))));
    }
}
