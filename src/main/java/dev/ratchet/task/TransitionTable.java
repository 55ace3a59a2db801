package dev.ratchet.task;

import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.COMPLETED_WITH_ERRORS;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.FAILED_WITH_TERMINAL_ERROR;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TaskStatus.TIMED_OUT;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/** Which status may follow which within one epoch: the transitions that Conductor itself makes. See {@code docs/transitions.md}. */
public final class TransitionTable {
    /** Every task but SUB_WORKFLOW. */
    public static final TransitionTable STANDARD = new TransitionTable(TransitionTable::steps);

    /** A parent's task: a late child may overwrite its end, because SubWorkflow does not check it. */
    public static final TransitionTable SUB_WORKFLOW = new TransitionTable(TransitionTable::subWorkflowSteps);

    private static final TaskStatus[] STATUSES = TaskStatus.values();

    /** By phase of the first status: one bit for each permitted successor. */
    private final int[] permitted = new int[TaskStatus.values().length];

    private TransitionTable(Function<TaskStatus, Set<TaskStatus>> steps) {
        for (TaskStatus from : TaskStatus.values()) {
            for (TaskStatus to : steps.apply(from)) {
                permitted[from.phase()] |= to.bit();
            }
        }
    }

    /** The table for tasks of this type (Conductor's {@code taskType}). */
    public static TransitionTable of(String taskType) {
        return taskType.equals("SUB_WORKFLOW") ? SUB_WORKFLOW : STANDARD;
    }

    /** Whether Conductor itself may write {@code to} after {@code from}. A status does not follow itself. */
    public boolean permits(TaskStatus from, TaskStatus to) {
        return (permitted[from.phase()] & to.bit()) != 0;
    }

    public Set<TaskStatus> successors(TaskStatus from) {
        Set<TaskStatus> successors = EnumSet.noneOf(TaskStatus.class);
        for (TaskStatus to : STATUSES) {
            if (permits(from, to)) {
                successors.add(to);
            }
        }
        return successors;
    }

    private static Set<TaskStatus> steps(TaskStatus from) {
        return switch (from) {
            case SCHEDULED -> allBut(SCHEDULED);
            case IN_PROGRESS -> allBut(IN_PROGRESS); // SCHEDULED too: a worker's heartbeat, WorkflowExecutorOps
            case FAILED, FAILED_WITH_TERMINAL_ERROR, TIMED_OUT, CANCELED -> afterFailure(from);
            case COMPLETED, COMPLETED_WITH_ERRORS, SKIPPED -> EnumSet.noneOf(TaskStatus.class);
        };
    }

    /** DeciderService completes an optional task with errors, and a failing fork ends its JOIN twice: FAILED and CANCELED. */
    private static Set<TaskStatus> afterFailure(TaskStatus from) {
        Set<TaskStatus> steps =
                EnumSet.of(COMPLETED_WITH_ERRORS, FAILED, FAILED_WITH_TERMINAL_ERROR, TIMED_OUT, CANCELED);
        steps.remove(from);
        return steps;
    }

    private static Set<TaskStatus> subWorkflowSteps(TaskStatus from) {
        Set<TaskStatus> steps = steps(from);
        if (from.isTerminal()) {
            steps.addAll(EnumSet.of(COMPLETED, FAILED, CANCELED, TIMED_OUT));
            steps.remove(from);
        }
        return steps;
    }

    private static Set<TaskStatus> allBut(TaskStatus status) {
        return EnumSet.complementOf(EnumSet.of(status));
    }
}
