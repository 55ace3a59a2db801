package dev.ratchet.real;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A task of a story's workflow. The first argument of each factory is its reference name.
 *
 * @param text for people, e.g. {@code loop ×2 (first, second)}
 * @param definition as Conductor wants it
 */
record StoryTask(String text, Map<String, Object> definition) {
    /** A worker ends it as its input says. */
    static final String WORK = "story-work";

    /** The same, and Conductor tries again twice, at once. */
    static final String RETRIED = "story-retried";

    /** No worker polls it: a step reports its end. */
    static final String MANUAL = "story-manual";

    /** No worker polls it, and after three seconds its workflow is timed out. */
    static final String EXPIRING = "story-expiring";

    /** Input of a worker's task: how its first execution ends, its second, and so on; the last stays. */
    static final String OUTCOMES = "outcomes";

    /** @param outcomes COMPLETED if there are none */
    static StoryTask work(String reference, String... outcomes) {
        return worker(WORK, reference, outcomes);
    }

    static StoryTask retried(String reference, String... outcomes) {
        return worker(RETRIED, reference, outcomes);
    }

    private static StoryTask worker(String name, String reference, String... outcomes) {
        StoryTask task = task(name, reference, "SIMPLE", input(Map.of(OUTCOMES, List.of(outcomes))));
        return outcomes.length == 0 ? task : task.named("%s [%s]".formatted(reference, String.join(" ", outcomes)));
    }

    static StoryTask manual(String reference) {
        return task(MANUAL, reference, "SIMPLE", Map.of());
    }

    static StoryTask expiring(String reference) {
        return task(EXPIRING, reference, "SIMPLE", Map.of());
    }

    /** HUMAN, WAIT, SET_VARIABLE, … */
    static StoryTask system(String reference, String type) {
        return system(reference, type, Map.of());
    }

    static StoryTask system(String reference, String type, Map<String, Object> input) {
        return task(reference, reference, type, input(input)).named(type + " " + reference);
    }

    /** Ends when somebody reports its end. */
    static StoryTask event(String reference) {
        return task(reference, reference, "EVENT", Map.of("sink", "conductor", "asyncComplete", true))
                .named("EVENT " + reference);
    }

    static StoryTask inline(String reference, String expression) {
        return system(reference, "INLINE", Map.of("evaluatorType", "graaljs", "expression", expression));
    }

    /** @param path of Conductor's REST API */
    static StoryTask http(String reference, String path) {
        return system(
                reference,
                "HTTP",
                Map.of("http_request", Map.of("uri", "${workflow.input.api}" + path, "method", "GET")));
    }

    /** Is executed, and ends when somebody reports its end. */
    static StoryTask asyncHttp(String reference, String path) {
        return http(reference, path).with("asyncComplete", true).named("asynchronous HTTP " + reference);
    }

    /** The workflow goes on if it fails. */
    static StoryTask optional(StoryTask task) {
        return task.with("optional", true).named("optional " + task.text);
    }

    /** The other branches go on if it fails, and the workflow fails at the JOIN. */
    static StoryTask permissive(StoryTask task) {
        return task.with("permissive", true).named("permissive " + task.text);
    }

    static List<Map<String, Object>> definitions(List<StoryTask> tasks) {
        return tasks.stream().map(StoryTask::definition).toList();
    }

    static String texts(List<StoryTask> tasks) {
        return tasks.stream().map(StoryTask::text).collect(Collectors.joining(", "));
    }

    StoryTask named(String newText) {
        return new StoryTask(newText, definition);
    }

    private StoryTask with(String name, Object value) {
        Map<String, Object> changed = new HashMap<>(definition);
        changed.put(name, value);
        return new StoryTask(text, changed);
    }

    private static Map<String, Object> input(Map<String, Object> input) {
        return Map.of("inputParameters", input);
    }

    static StoryTask task(String name, String reference, String type, Map<String, Object> settings) {
        Map<String, Object> definition = new LinkedHashMap<>();
        definition.put("name", name);
        definition.put("taskReferenceName", reference);
        definition.put("type", type);
        definition.putAll(settings);
        return new StoryTask(reference, definition);
    }
}
