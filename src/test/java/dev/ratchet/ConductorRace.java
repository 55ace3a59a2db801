package dev.ratchet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.task.TaskStatus;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Two threads of Conductor that overwrote each other's row of a task: a lost update or a replaced terminal status.
 * Detected from two rows alone, without Ratchet's rule.
 */
public final class ConductorRace {
    private static final Set<TaskStatus> SUCCESSFUL =
            EnumSet.of(TaskStatus.COMPLETED, TaskStatus.COMPLETED_WITH_ERRORS, TaskStatus.SKIPPED);

    /** Synchronous system task types and JOIN: a rerun returns them to IN_PROGRESS, and all others to SCHEDULED. */
    private static final Set<String> RETURNED_TO_IN_PROGRESS = Set.of(
            "DECISION",
            "DO_WHILE",
            "EVENT",
            "EXCLUSIVE_JOIN",
            "FORK",
            "HUMAN",
            "INLINE",
            "JOIN",
            "JSON_JQ_TRANSFORM",
            "LAMBDA",
            "NOOP",
            "SET_VARIABLE",
            "SWITCH",
            "TERMINATE");

    private ConductorRace() {}

    /** {@return a description of the race; empty if two consecutive rows of a task show none} */
    public static Optional<String> between(JsonNode before, JsonNode after) {
        TaskStatus from = status(before);
        TaskStatus to = status(after);
        boolean raced = from.isTerminal() && (to.isTerminal() ? replaced(from, to, after) : lost(before, after, to));
        return raced
                ? Optional.of("Conductor wrote %s over %s of %s"
                        .formatted(to, from, after.get("referenceTaskName").asText()))
                : Optional.empty();
    }

    private static boolean replaced(TaskStatus from, TaskStatus to, JsonNode after) {
        return !after.get("taskType").asText().equals("SUB_WORKFLOW")
                && from != to
                && (SUCCESSFUL.contains(from) || (SUCCESSFUL.contains(to) && to != TaskStatus.COMPLETED_WITH_ERRORS));
    }

    private static boolean lost(JsonNode before, JsonNode after, TaskStatus to) {
        boolean putBack = number(after, "startTime") >= number(before, "endTime")
                && number(after, "pollCount") == number(before, "pollCount")
                && (to == TaskStatus.SCHEDULED
                        || RETURNED_TO_IN_PROGRESS.contains(
                                after.get("taskType").asText()));
        if (isLateTick(before, after)) {
            return true;
        }
        // The endTime of a SUB_WORKFLOW that has just ended may not be written yet.
        return number(before, "endTime") > 0
                && number(after, "endTime") == 0
                && isOfTheSameRun(before, after)
                && number(after, "retryCount") == number(before, "retryCount")
                && !putBack;
    }

    /** A JOIN retried in place keeps its endTime, and so does its tick; but only a tick increments pollCount. */
    private static boolean isLateTick(JsonNode before, JsonNode after) {
        return after.get("taskType").asText().equals("JOIN")
                && number(after, "endTime") == number(before, "endTime")
                && number(after, "retryCount") == number(before, "retryCount")
                && number(after, "pollCount") == number(before, "pollCount") + 1;
    }

    /** A retry writes the new task twice, first without scheduledTime: others may end it before the second write. */
    private static boolean isOfTheSameRun(JsonNode before, JsonNode after) {
        long scheduled = number(before, "scheduledTime");
        return scheduled == 0 || scheduled == number(after, "scheduledTime");
    }

    private static TaskStatus status(JsonNode row) {
        return TaskStatus.valueOf(row.get("status").asText());
    }

    private static long number(JsonNode row, String field) {
        return row.get(field).asLong();
    }
}
