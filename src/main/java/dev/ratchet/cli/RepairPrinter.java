package dev.ratchet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.repair.open.OpenRepair;
import dev.ratchet.task.RepairState;
import java.util.ArrayList;
import java.util.List;

/** Formats open repairs as text and JSON. */
final class RepairPrinter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RepairPrinter() {}

    static List<String> text(OpenRepair repair) {
        List<String> lines = new ArrayList<>();
        lines.add("%s %s of workflow %s: should be %s, Conductor reported %s at %s"
                .formatted(
                        repair.taskId(),
                        repair.referenceTaskName(),
                        repair.workflowId(),
                        repair.current(),
                        repair.reported(),
                        repair.reportedAt()));
        lines.add("    " + state(repair.repair()) + (repair.reason().isEmpty() ? "" : ": " + repair.reason()));
        return lines;
    }

    static String json(OpenRepair repair) {
        return JSON.createObjectNode()
                .put("taskId", repair.taskId())
                .put("workflowId", repair.workflowId())
                .put("referenceTaskName", repair.referenceTaskName())
                .put("epoch", repair.epoch())
                .put("status", repair.current().name())
                .put("heard", repair.reported().name())
                .put("reportedAt", repair.reportedAt().toString())
                .put("repair", repair.repair().result().name())
                .put("attempt", repair.repair().attempt())
                .put("issued", repair.repair().issued())
                .put("reason", repair.reason())
                .toString();
    }

    private static String state(RepairState repair) {
        return switch (repair.result()) {
            case NONE -> "not started";
            case PENDING -> "attempt " + repair.attempt() + " is running";
            case FAILED -> "attempt " + repair.attempt() + " failed and will be retried";
            case DRY_RUN -> "dry run";
            case REPAIRED, ALREADY_CONSISTENT -> "repaired, and lost again";
            case NOT_REPAIRABLE -> "NOT REPAIRABLE";
            case GIVEN_UP -> "GIVEN UP after " + repair.attempt() + " attempts";
            case EXHAUSTED -> "GIVEN UP, since " + repair.issued() + " repairs were lost again";
        };
    }
}
