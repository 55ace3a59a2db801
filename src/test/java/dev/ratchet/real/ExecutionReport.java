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
 * Result of some executions, from Conductor's rows, its answers and the work of its workers.
 *
 * @param hung workflows that never end
 * @param lostUpdates the lost updates
 * @param repaired lost updates that a repair ended
 * @param late lost updates that Ratchet reports as not repairable: they came after the workflow had ended, and block nothing
 * @param twice tasks that were executed more than once
 * @param unlike tasks with an output in Conductor that nobody reported
 * @param wrong descriptions of repairs that should not have happened
 */
record ExecutionReport(
        int workflows,
        List<String> hung,
        List<LostUpdate> lostUpdates,
        List<LostUpdate> repaired,
        List<LostUpdate> late,
        Set<String> twice,
        Set<String> unlike,
        List<String> wrong) {

    static ExecutionReport of(Batch batch, Workflows workflows, ExecutionLog executed, Observations seen) {
        List<Row> rows = seen.captured.rows(batch.ids);
        Set<String> tasks = rows.stream().map(Row::taskId).collect(Collectors.toSet());
        List<LostUpdate> lostUpdates = LostUpdate.of(rows);
        List<RepairResult> results = of(tasks, seen.repairs.poll().of(RepairOutcome.REPAIRED));
        List<RepairResult> refused = of(tasks, seen.repairs.of(RepairOutcome.NOT_REPAIRABLE));
        Map<String, List<ExecutionLog.Done>> done = executed.of(batch.ids);
        Set<String> unlike = unlike(batch, workflows, done);
        return new ExecutionReport(
                batch.ids.size(),
                batch.hung(),
                lostUpdates,
                lostUpdates.stream()
                        .filter(lostUpdate -> lostUpdate.rise().isPresent())
                        .filter(lostUpdate -> results.stream().anyMatch(result -> lostUpdate.isMeantBy(result)))
                        .toList(),
                lostUpdates.stream()
                        .filter(lostUpdate -> lostUpdate.rise().isEmpty())
                        .filter(lostUpdate -> refused.stream().anyMatch(result -> lostUpdate.isMeantBy(result)))
                        .toList(),
                done.keySet().stream().filter(task -> done.get(task).size() > 1).collect(Collectors.toSet()),
                unlike,
                wrong(results, lostUpdates, unlike));
    }

    private static List<RepairResult> of(Set<String> tasks, List<RepairResult> results) {
        return results.stream()
                .filter(result -> tasks.contains(result.getTaskId()))
                .toList();
    }

    private static Set<String> unlike(Batch batch, Workflows workflows, Map<String, List<ExecutionLog.Done>> done) {
        Set<String> unlike = new HashSet<>();
        for (String id : batch.ids) {
            for (JsonNode task : workflows.tasks(id)) {
                List<ExecutionLog.Done> times =
                        done.getOrDefault(task.get("taskId").asText(), List.of());
                if (!times.isEmpty() && times.stream().noneMatch(one -> isIn(one.output(), task.path("outputData")))) {
                    unlike.add(task.get("taskId").asText());
                }
            }
        }
        return unlike;
    }

    private static List<String> wrong(List<RepairResult> results, List<LostUpdate> lostUpdates, Set<String> unlike) {
        List<String> wrong = new ArrayList<>();
        for (RepairResult result : results) {
            if (lostUpdates.stream().noneMatch(lostUpdate -> lostUpdate.isMeantBy(result))) {
                wrong.add("of what was not lost: " + result);
            } else if (unlike.contains(result.getTaskId())) {
                wrong.add("with another output: " + result);
            }
        }
        for (LostUpdate lostUpdate : lostUpdates) {
            if (results.stream().filter(result -> lostUpdate.isMeantBy(result)).count() > 1) {
                wrong.add("more than once: " + lostUpdate);
            }
        }
        return wrong;
    }

    private static boolean isIn(Map<String, String> output, JsonNode held) {
        return output.entrySet().stream()
                .allMatch(entry -> held.path(entry.getKey()).asText().equals(entry.getValue()));
    }

    /** {@return the open lost updates that Ratchet could have repaired} */
    List<LostUpdate> left() {
        return lostUpdates.stream()
                .filter(lostUpdate -> lostUpdate.rise().isEmpty())
                .filter(lostUpdate -> !late.contains(lostUpdate))
                .toList();
    }

    /** How long repaired tasks had the wrong status in Conductor; shortest first. */
    List<Duration> times() {
        return repaired.stream().map(LostUpdate::lasted).sorted().toList();
    }
}
