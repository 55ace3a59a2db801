package dev.ratchet.task.sim;

import dev.ratchet.task.TaskStatus;
import java.util.Set;

/** What a writer reads, and may look at before it writes. */
record WriterView(TaskKind kind, Set<TaskTrait> traits, Row row, Workflow workflow) {
    /** Whether the workflow goes on. */
    enum Workflow {
        RUNS,
        HAS_ENDED
    }

    boolean isOpen() {
        return !row.status().isTerminal();
    }

    boolean isOpenAndRuns() {
        return isOpen() && runs();
    }

    boolean runs() {
        return workflow == Workflow.RUNS;
    }

    boolean hasEnded() {
        return workflow == Workflow.HAS_ENDED;
    }

    boolean isUnsuccessful() {
        return row.status().isUnsuccessful();
    }

    boolean is(TaskStatus status) {
        return row.status() == status;
    }

    boolean has(TaskTrait trait) {
        return traits.contains(trait);
    }

    /** Whether decide has not gone on from this end yet. */
    boolean isPendingEnd() {
        return row.status().isTerminal() && !row.executed() && !row.retried() && runs();
    }

    /** Whether decide retries it by itself. */
    boolean isRetriable() {
        return has(TaskTrait.RETRIED) && (is(TaskStatus.FAILED) || is(TaskStatus.TIMED_OUT));
    }

    /** Whether its failure is the workflow's. */
    boolean failsTheWorkflow() {
        return isUnsuccessful() && !has(TaskTrait.OPTIONAL) && !has(TaskTrait.PERMISSIVE) && !isRetriable();
    }

    /** Whether a retry of the workflow opens it again without a count: WorkflowExecutorOps.retry. */
    boolean isRetriedUncounted() {
        return kind.isContainer()
                && (is(TaskStatus.CANCELED)
                        || (kind == TaskKind.JOIN && is(TaskStatus.FAILED) && has(TaskTrait.JOINS_PERMISSIVE)));
    }
}
