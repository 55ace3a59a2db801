package dev.ratchet.task.sim;

import java.util.ArrayList;
import java.util.List;

/** What is different between two rows, in words. */
final class RowChange {
    private RowChange() {}

    static String of(Row before, Row after) {
        List<String> changes = new ArrayList<>();
        if (before.status() != after.status()) {
            changes.add(after.status().name());
        }
        time(changes, "scheduledTime", before.key().scheduledTime(), after.key().scheduledTime());
        count(changes, "retryCount", before.key().retryCount(), after.key().retryCount());
        time(changes, "startTime", before.startTime(), after.startTime());
        time(changes, "endTime", before.endTime(), after.endTime());
        boolean reopened = before.status().isTerminal() && !after.status().isTerminal();
        if (reopened && after.endTime() == before.endTime()) {
            changes.add("endTime kept");
        }
        count(changes, "pollCount", before.pollCount(), after.pollCount());
        flag(changes, "executed", before.executed(), after.executed());
        flag(changes, "subworkflowChanged", before.subworkflowChanged(), after.subworkflowChanged());
        flag(changes, "retried", before.retried(), after.retried());
        return changes.isEmpty() ? "nothing that the rule sees" : String.join(", ", changes);
    }

    private static void time(List<String> changes, String name, long before, long after) {
        if (before != after) {
            changes.add(name + (after == 0 ? " 0" : " now"));
        }
    }

    private static void count(List<String> changes, String name, int before, int after) {
        if (before != after) {
            changes.add(name + (after > before ? " + " + (after - before) : " " + after));
        }
    }

    private static void flag(List<String> changes, String name, boolean before, boolean after) {
        if (before != after) {
            changes.add(after ? name : "not " + name);
        }
    }
}
