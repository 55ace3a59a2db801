package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.cluster.Outputs;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * That Ratchet saw what was done on purpose as what it is ({@code docs/promises.md}, promise 7): each task's current status is the one
 * that its row holds, no update was reported as lost, no alert opened, and no repair command issued.
 */
final class StoryCheck {
    private final Outputs outputs;
    private final Map<String, TaskStatusChange> current = new HashMap<>();

    /** @param outputs all that there are after Ratchet has read all rows */
    StoryCheck(Outputs outputs) {
        this.outputs = outputs;
        outputs.changes.forEach(change -> current.put(change.getTaskId(), change));
    }

    /** {@return what is wrong, in words; empty if all is well} */
    List<String> faults(StoryRows rows) {
        List<String> faults = new ArrayList<>();
        Set<String> tasks = rows.last().keySet();
        if (rows.last().isEmpty()) {
            faults.add("no row was captured");
        }
        rows.last().forEach((taskId, row) -> {
            String held = row.get("status").asText();
            TaskStatusChange change = current.get(taskId);
            String status = change == null ? "nothing" : change.getStatus().name();
            if (!status.equals(held)) {
                faults.add("%s is %s by its row, but %s by Ratchet".formatted(name(row), held, status));
            }
        });
        outputs.alerts.stream()
                .filter(alert -> tasks.contains(alert.getTaskId()))
                .filter(alert -> alert.getKind() != AlertKind.STALE_WRITE_REFUSED)
                .forEach(alert -> faults.add(describe(alert)));
        outputs.rejections.stream()
                .filter(rejection -> rejection.getLostUpdate() && tasks.contains(rejection.getTaskId()))
                .forEach(rejection -> faults.add("lost update: " + rejection));
        outputs.commands.stream()
                .filter(command -> tasks.contains(command.getTaskId()))
                .forEach(command -> faults.add("repair command: " + command));
        return faults;
    }

    /** {@return whether the guard kept an end of its tasks: two threads of Conductor met, though no row shows it} */
    boolean hasRefusedWrites(StoryRows rows) {
        return outputs.alerts.stream()
                .filter(alert -> alert.getKind() == AlertKind.STALE_WRITE_REFUSED)
                .anyMatch(alert -> rows.last().containsKey(alert.getTaskId()));
    }

    private static String name(JsonNode row) {
        return row.get("taskType").asText() + " " + row.get("referenceTaskName").asText();
    }

    private static String describe(TaskStatusAlert alert) {
        return "%s %s of %s: %s"
                .formatted(alert.getKind(), alert.getState(), alert.getReferenceTaskName(), alert.getMessage());
    }
}
