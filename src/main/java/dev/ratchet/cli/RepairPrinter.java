package dev.ratchet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.repair.open.OpenRepair;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskState;
import java.time.Instant;
import java.util.List;

/** Formats open repairs as text and JSON. */
final class RepairPrinter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RepairPrinter() {}

    static List<String> text(OpenRepair repair) {
        TaskState task = repair.task();
        return List.of(
                "%s %s of workflow %s: should be %s, Conductor reported %s at %s"
                        .formatted(
                                repair.taskId(),
                                task.task().referenceTaskName(),
                                task.task().workflowId(),
                                task.current().status(),
                                task.lastReported().observation().status(),
                                reportedAt(task)),
                "    " + state(repair.repair()) + (repair.reason().isEmpty() ? "" : ": " + repair.reason()));
    }

    static String json(OpenRepair repair) {
        TaskState task = repair.task();
        return JSON.createObjectNode()
                .put("taskId", repair.taskId())
                .put("workflowId", task.task().workflowId())
                .put("referenceTaskName", task.task().referenceTaskName())
                .put("epoch", task.epoch().number())
                .put("status", task.current().status().name())
                .put("heard", task.lastReported().observation().status().name())
                .put("reportedAt", reportedAt(task).toString())
                .put("repair", repair.repair().result().name())
                .put("attempt", repair.repair().attempt())
                .put("issued", repair.repair().issued())
                .put("reason", repair.reason())
                .toString();
    }

    private static Instant reportedAt(TaskState task) {
        return Instant.ofEpochMilli(task.lastReported().observation().occurredAt());
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
