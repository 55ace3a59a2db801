package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What came of some executions, judged by Conductor's rows, its answers and what its workers did.
 *
 * @param hung workflows that go on for ever
 * @param falls the lost updates
 * @param repaired of these, those that a repair ended
 * @param late of these, those that Ratchet says it cannot repair: they came when the workflow had ended, and hold up nothing
 * @param twice tasks that were executed more than once
 * @param unlike tasks of which Conductor holds another output than was ever reported
 * @param wrong results, in words, of repairs that should not have been
 */
record Account(
        int workflows,
        List<String> hung,
        List<Fall> falls,
        List<Fall> repaired,
        List<Fall> late,
        Set<String> twice,
        Set<String> unlike,
        List<String> wrong) {

    static Account of(Batch batch, Workflows workflows, Executed executed, Seen seen) {
        List<Row> rows = seen.captured.rows(batch.ids);
        Set<String> tasks = rows.stream().map(Row::taskId).collect(Collectors.toSet());
        List<Fall> falls = Fall.of(rows);
        List<RepairResult> results = of(tasks, seen.repairs.poll().of(RepairOutcome.REPAIRED));
        List<RepairResult> refused = of(tasks, seen.repairs.of(RepairOutcome.NOT_REPAIRABLE));
        Map<String, List<Executed.Done>> done = executed.of(batch.ids);
        Set<String> unlike = unlike(batch, workflows, done);
        return new Account(
                batch.ids.size(),
                batch.hung(),
                falls,
                falls.stream()
                        .filter(fall -> fall.rise().isPresent())
                        .filter(fall -> results.stream().anyMatch(result -> fall.isMeantBy(result)))
                        .toList(),
                falls.stream()
                        .filter(fall -> fall.rise().isEmpty())
                        .filter(fall -> refused.stream().anyMatch(result -> fall.isMeantBy(result)))
                        .toList(),
                done.keySet().stream().filter(task -> done.get(task).size() > 1).collect(Collectors.toSet()),
                unlike,
                wrong(results, falls, unlike));
    }

    private static List<RepairResult> of(Set<String> tasks, List<RepairResult> results) {
        return results.stream()
                .filter(result -> tasks.contains(result.getTaskId()))
                .toList();
    }

    private static Set<String> unlike(Batch batch, Workflows workflows, Map<String, List<Executed.Done>> done) {
        Set<String> unlike = new HashSet<>();
        for (String id : batch.ids) {
            for (JsonNode task : workflows.tasks(id)) {
                List<Executed.Done> times = done.getOrDefault(task.get("taskId").asText(), List.of());
                if (!times.isEmpty() && times.stream().noneMatch(one -> isIn(one.output(), task.path("outputData")))) {
                    unlike.add(task.get("taskId").asText());
                }
            }
        }
        return unlike;
    }

    private static List<String> wrong(List<RepairResult> results, List<Fall> falls, Set<String> unlike) {
        List<String> wrong = new ArrayList<>();
        for (RepairResult result : results) {
            if (falls.stream().noneMatch(fall -> fall.isMeantBy(result))) {
                wrong.add("of what was not lost: " + result);
            } else if (unlike.contains(result.getTaskId())) {
                wrong.add("with another output: " + result);
            }
        }
        for (Fall fall : falls) {
            if (results.stream().filter(result -> fall.isMeantBy(result)).count() > 1) {
                wrong.add("more than once: " + fall);
            }
        }
        return wrong;
    }

    private static boolean isIn(Map<String, String> output, JsonNode held) {
        return output.entrySet().stream()
                .allMatch(entry -> held.path(entry.getKey()).asText().equals(entry.getValue()));
    }

    /** {@return the lost updates that nothing accounts for: they are as they were, and could have been repaired} */
    List<Fall> left() {
        return falls.stream()
                .filter(fall -> fall.rise().isEmpty())
                .filter(fall -> !late.contains(fall))
                .toList();
    }

    /** How long Conductor held what was repaired in the wrong status; shortest first. */
    List<Duration> times() {
        return repaired.stream().map(Fall::lasted).sorted().toList();
    }
}
