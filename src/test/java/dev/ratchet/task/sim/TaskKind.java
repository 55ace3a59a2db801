package dev.ratchet.task.sim;

import dev.ratchet.task.TaskStatus;
import java.util.List;

/** A type of task, and who writes its row; whoever is named more often comes more often. */
enum TaskKind {
    SIMPLE(
            "SIMPLE",
            TaskStatus.SCHEDULED,
            "POLL POLL POLL HEARTBEAT HEARTBEAT EXTEND_LEASE COMPLETE COMPLETE TIME_OUT CANCEL MARK_EXECUTED MARK_EXECUTED"
                    + " PASS_OVER_OPTIONAL WRITE_AGAIN LOOK_AT RERUN SCHEDULE_SIBLING PUT_SIBLING_BACK"),
    HTTP(
            "HTTP",
            TaskStatus.SCHEDULED,
            "START START START COMPLETE COMPLETE TICK TIME_OUT CANCEL MARK_EXECUTED MARK_EXECUTED PASS_OVER_OPTIONAL"
                    + " WRITE_AGAIN LOOK_AT RERUN SCHEDULE_SIBLING PUT_SIBLING_BACK"),
    JOIN(
            "JOIN",
            TaskStatus.IN_PROGRESS,
            "TICK TICK TICK TICK CANCEL MARK_EXECUTED MARK_EXECUTED PASS_OVER_OPTIONAL WRITE_AGAIN LOOK_AT RERUN RETRY_IN_PLACE"
                    + " RETRY_IN_PLACE_COUNTED PUT_SIBLING_BACK"),
    DO_WHILE(
            "DO_WHILE",
            TaskStatus.IN_PROGRESS,
            "DECIDE DECIDE DECIDE CANCEL MARK_EXECUTED MARK_EXECUTED WRITE_AGAIN LOOK_AT RERUN RETRY_IN_PLACE RETRY_IN_PLACE_COUNTED"),
    SUB_WORKFLOW(
            "SUB_WORKFLOW",
            TaskStatus.SCHEDULED,
            "START START START CHILD_ENDS CHILD_ENDS CANCEL MARK_EXECUTED MARK_EXECUTED PASS_OVER_OPTIONAL WRITE_AGAIN LOOK_AT"
                    + " PUT_SIBLING_BACK RERUN_SUB_WORKFLOW REOPEN_PARENT REOPEN_PARENT TAKE_FLAG_BACK TAKE_FLAG_BACK");

    private final String taskType;
    private final TaskStatus begins;

    @SuppressWarnings("ImmutableEnumChecker") // as Stream.toList gives it, it is
    private final List<Writer> writers;

    TaskKind(String taskType, TaskStatus begins, String writers) {
        this.taskType = taskType;
        this.begins = begins;
        this.writers = List.of(writers.split(" ")).stream().map(Writer::valueOf).toList();
    }

    String taskType() {
        return taskType;
    }

    TaskStatus begins() {
        return begins;
    }

    List<Writer> writersOf(Row row) {
        return writers.stream().filter(writer -> writer.hasToDoWith(row)).toList();
    }
}
