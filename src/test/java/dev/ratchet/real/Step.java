package dev.ratchet.real;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody does to an execution, or waits for.
 *
 * @param text for people, in the imperative
 */
record Step(String text, Action action) {
    interface Action {
        void on(Execution execution);
    }

    /** Waits for a status of the workflow. */
    static Step until(String status) {
        return new Step("until " + status, execution -> execution.await(status));
    }

    /** Waits for a status of a task. */
    static Step until(String reference, String status) {
        return new Step(
                "until %s is %s".formatted(reference, status),
                execution -> execution.await(
                        reference, task -> task.get("status").asText().equals(status)));
    }

    /** Waits until Conductor has looked that often at a system task, and has written it each time. */
    static Step untilTicks(String reference, int ticks) {
        return new Step(
                "until %d ticks of %s".formatted(ticks, reference),
                execution ->
                        execution.await(reference, task -> task.get("pollCount").asInt() >= ticks));
    }

    /** Waits until Conductor has written the answer to an HTTP call: an end that is reported earlier is lost (#176). */
    static Step untilAnswered(String reference) {
        return new Step(
                "until %s is answered".formatted(reference),
                execution -> execution.await(
                        reference, task -> task.path("outputData").has("response")));
    }

    static Step retry() {
        return new Step("retry", execution -> execution.post("/retry"));
    }

    /** Retries within the sub-workflow that has failed. */
    static Step retryResuming() {
        return new Step(
                "retry, resuming sub-workflows", execution -> execution.post("/retry?resumeSubworkflowTasks=true"));
    }

    static Step restart() {
        return new Step("restart", execution -> execution.post("/restart"));
    }

    /** The workflow is defined otherwise, and restarted so. */
    static Step restartAs(StoryTask... tasks) {
        return new Step("restart with a new definition", execution -> {
            execution.define(List.of(tasks));
            execution.post("/restart?useLatestDefinitions=true");
        });
    }

    static Step rerun(String reference) {
        return new Step(
                "rerun from " + reference,
                execution -> execution.rerun(Map.of("reRunFromTaskId", execution.taskId(reference))));
    }

    /** From a task of the sub-workflow of a task, though what is rerun is this workflow. */
    static Step rerunThrough(String reference, String inner) {
        return new Step(
                "rerun from %s in %s".formatted(inner, reference),
                execution -> execution.rerun(
                        Map.of("reRunFromTaskId", execution.child(reference).taskId(inner))));
    }

    /** From the very beginning. */
    static Step rerun() {
        return new Step("rerun", execution -> execution.rerun(Map.of()));
    }

    static Step rerunWithInput(String reference, Map<String, Object> input) {
        return new Step(
                "rerun from %s with input %s".formatted(reference, input),
                execution ->
                        execution.rerun(Map.of("reRunFromTaskId", execution.taskId(reference), "taskInput", input)));
    }

    static Step terminate() {
        return new Step("terminate", Execution::terminate);
    }

    static Step pause() {
        return new Step("pause", execution -> execution.put("/pause"));
    }

    static Step resume() {
        return new Step("resume", execution -> execution.put("/resume"));
    }

    static Step skip(String reference) {
        return new Step("skip " + reference, execution -> execution.put("/skiptask/" + reference));
    }

    /** Reports the end of a task, by its reference name, as the UI does. */
    static Step report(String reference, String status) {
        return new Step(
                "report %s of %s".formatted(status, reference), execution -> execution.report(reference, status));
    }

    /** One after the other. */
    static Step complete(String... references) {
        return all(
                "complete " + String.join(", ", references),
                Stream.of(references).map(reference -> report(reference, "COMPLETED")));
    }

    static Step fail(String reference) {
        return all("fail " + reference, Stream.of(report(reference, "FAILED")));
    }

    /** And the workflow with it. */
    static Step failAt(String reference) {
        return all("fail at " + reference, Stream.of(fail(reference), until("FAILED")));
    }

    static Step times(int count, Step... steps) {
        return all(
                "%d times (%s)".formatted(count, texts(steps)),
                Stream.generate(() -> List.of(steps)).limit(count).flatMap(List::stream));
    }

    private static Step all(String text, Stream<Step> steps) {
        List<Step> parts = steps.toList();
        return new Step(text, execution -> parts.forEach(step -> step.action.on(execution)));
    }

    /** In the sub-workflow of a task. */
    static Step in(String reference, Step... steps) {
        return all(
                "in %s (%s)".formatted(reference, texts(steps)),
                Stream.of(steps)
                        .map(step -> new Step(step.text, execution -> step.action.on(execution.child(reference)))));
    }

    /** The same as a request to do it to a batch of workflows, in which there is but this one. */
    static Step bulk(String method, String operation) {
        return new Step("bulk " + operation, execution -> execution.bulk(method, operation));
    }

    private static String texts(Step... steps) {
        return Stream.of(steps).map(Step::text).collect(Collectors.joining("; "));
    }
}
