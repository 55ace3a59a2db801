package dev.ratchet.task.sim;

import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskStatus;
import java.util.List;

/** A type of task, and who writes its row; whoever is named more often comes more often. */
enum TaskKind {
    SIMPLE(
            TaskStatus.SCHEDULED,
            "POLL POLL POLL HEARTBEAT HEARTBEAT EXTEND_LEASE RESET_CALLBACKS REPORT_END REPORT_END TIME_OUT"
                    + " TIME_OUT_WITH_WORKFLOW RETRY_AUTOMATICALLY PASS_OVER_OPTIONAL SCHEDULE_CANCELED RERUN"),
    /** Asynchronous, and perhaps completed from outside. */
    HTTP(
            TaskStatus.SCHEDULED,
            "START START START REPORT_END REPORT_END TIME_OUT OVERRUN FIND_WORKFLOW_ENDED RETRY_AUTOMATICALLY"
                    + " PASS_OVER_OPTIONAL SCHEDULE_CANCELED RERUN"),
    /** Asynchronous, and looked at again and again; a rerun puts it back as SCHEDULED. */
    WAIT(
            TaskStatus.IN_PROGRESS,
            "START START TICK TICK TICK TICK_ENDS REPORT_END OVERRUN FIND_WORKFLOW_ENDED PASS_OVER_OPTIONAL"
                    + " SCHEDULE_CANCELED RERUN"),
    /** Synchronous, and completed from outside. */
    HUMAN(
            TaskStatus.IN_PROGRESS,
            "REPORT_IN_PROGRESS REPORT_IN_PROGRESS REPORT_END REPORT_END TIME_OUT PASS_OVER_OPTIONAL"
                    + " SCHEDULE_CANCELED RERUN"),
    /** Asynchronous. */
    JOIN(
            TaskStatus.IN_PROGRESS,
            "TICK TICK TICK TICK TICK_ENDS TICK_FAILS FIND_WORKFLOW_ENDED START RETRY_IN_PLACE RETRY_IN_PLACE_COUNTED"
                    + " REOPEN_CANCELED REOPEN_JOIN RERUN"),
    /** Synchronous. */
    DO_WHILE(
            TaskStatus.IN_PROGRESS,
            "EXECUTE EXECUTE EXECUTE EXECUTE_ENDS RETRY_IN_PLACE RETRY_IN_PLACE_COUNTED REOPEN_CANCELED RERUN"),
    /** Asynchronous, and completed by its child. */
    SUB_WORKFLOW(
            TaskStatus.SCHEDULED,
            "START START START CHILD_ENDS CHILD_ENDS CHILD_FOUND_ENDED FIND_WORKFLOW_ENDED RETRY_AUTOMATICALLY"
                    + " PASS_OVER_OPTIONAL TAKE_FLAG_BACK TAKE_FLAG_BACK REOPEN_PARENT REOPEN_PARENT REOPEN_SISTER"
                    + " SCHEDULE_CANCELED RERUN_SUB_WORKFLOW RERUN_IN_CHILD");

    /** Who writes the row of any task. */
    private static final String ALL =
            " CANCEL TERMINATE MARK_EXECUTED MARK_EXECUTED FAIL_WORKFLOW FAIL_WORKFLOW RETRY RERUN_OF_ANOTHER";

    private final TaskStatus begins;

    @SuppressWarnings("ImmutableEnumChecker") // as Stream.toList gives it, it is
    private final List<Writer> writers;

    TaskKind(TaskStatus begins, String writers) {
        this.begins = begins;
        this.writers = List.of((writers + all()).split(" ")).stream()
                .map(Writer::named)
                .toList();
    }

    private static String all() {
        return ALL;
    }

    String taskType() {
        return name();
    }

    /** Its row as it is created: a system task that needs no start is in progress at once. */
    Row created(long now) {
        return Row.created(begins, now, begins == TaskStatus.IN_PROGRESS ? now : 0);
    }

    /** As a person's retry writes it at first, copied from the task that is retried: without a scheduledTime. */
    Row retried(boolean executed) {
        return Row.created(TaskStatus.SCHEDULED, 0, 0).key(new EpochKey(0, 1)).executed(executed);
    }

    /** Whether decide executes it. */
    boolean isSynchronous() {
        return this == HUMAN || this == DO_WHILE;
    }

    /** Whether a retry of the workflow opens it again under its own id. */
    boolean isContainer() {
        return this == JOIN || this == DO_WHILE;
    }

    List<Writer> writers() {
        return writers;
    }

    List<Writer> writersOf(WriterView read) {
        return writers.stream().filter(writer -> writer.hasToDoWith(read)).toList();
    }
}
