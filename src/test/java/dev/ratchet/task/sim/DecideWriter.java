package dev.ratchet.task.sim;

import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.COMPLETED_WITH_ERRORS;
import static dev.ratchet.task.TaskStatus.TIMED_OUT;

import dev.ratchet.task.EpochKey;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code decide} and what it calls, and whoever terminates the workflow. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state
enum DecideWriter implements Writer {
    /** The first of all: inserted, then updated. Of a task that a person retried, the one that brings its scheduledTime. */
    SCHEDULE(Write.locked("PostgresExecutionDAO.createTasks 149")
            .when(seen -> seen.row().key().scheduledTime() == 0)
            .reopensOn((read, now, random) ->
                    read.row().key(new EpochKey(now, read.row().key().retryCount())))),
    SCHEDULE_AGAIN(Write.locked("PostgresExecutionDAO.createTasks 172")),
    START_SYNCHRONOUS(Write.locked("WorkflowExecutorOps.scheduleTask 2048")),
    /** A task that is retried under another id. */
    TIME_OUT(Write.locked("DeciderService.timeoutTask 964")
            .when(seen -> seen.isOpenAndRuns() && seen.has(TaskTrait.RETRIED))
            .progresses((read, now, random) -> read.row().ended(TIMED_OUT, now).retried(true))),
    TIME_OUT_WITH_WORKFLOW(Write.locked("DeciderService.timeoutTaskWithTimeoutPolicy 890")
            .when(seen -> seen.isOpenAndRuns() && !seen.has(TaskTrait.RETRIED))
            .progresses((read, now, random) -> read.row().ended(TIMED_OUT, now))
            .and(Write.Effect.ENDS_WORKFLOW)),
    /** The workflow has gone on from the end. */
    MARK_EXECUTED(Write.locked("DeciderService.decide 241")
            .when(seen -> seen.isPendingEnd() && (!seen.isUnsuccessful() || seen.has(TaskTrait.PERMISSIVE)))
            .progresses((read, now, random) ->
                    read.row().ended(read.row().status(), now).executed(true))),
    PASS_OVER_OPTIONAL(Write.locked("DeciderService.decide 234")
            .when(seen -> seen.isPendingEnd() && seen.isUnsuccessful() && seen.has(TaskTrait.OPTIONAL))
            .progresses((read, now, random) ->
                    read.row().ended(COMPLETED_WITH_ERRORS, now).executed(true))),
    /** What goes on has another task id. */
    RETRY_AUTOMATICALLY(Write.locked("DeciderService.retry 663")
            .when(seen -> seen.isPendingEnd() && seen.isRetriable())
            .copies((read, now, random) ->
                    read.row().ended(read.row().status(), now).retried(true))),
    FAIL_WORKFLOW(Write.locked("WorkflowExecutorOps.terminate 2163")
            .when(seen -> seen.isPendingEnd() && seen.failsTheWorkflow())
            .copies((read, now, random) -> read.row().ended(read.row().status(), now))
            .and(Write.Effect.ENDS_WORKFLOW)),
    /** Another task has failed, or a COMPLETED workflow ends; of a workflow that has failed, decide does it again. */
    CANCEL(Write.locked("WorkflowExecutorOps.cancelNonTerminalTasks 1508")
            .when(WriterView::isOpen)
            .progresses((read, now, random) -> read.row().ended(CANCELED, now))
            .and(Write.Effect.ENDS_WORKFLOW)),
    /** Read before the lock is taken. */
    TERMINATE(Write.lockedLate("WorkflowExecutorOps.terminateWorkflow 758")
            .when(WriterView::isOpenAndRuns)
            .progresses((read, now, random) -> read.row().ended(CANCELED, now))
            .and(Write.Effect.ENDS_WORKFLOW)),
    /** A synchronous system task is looked at, and has gone on: another iteration. */
    EXECUTE(Write.locked("WorkflowExecutorOps.decide 1343").when(WriterView::isOpenAndRuns)),
    EXECUTE_ENDS(Write.locked("WorkflowExecutorOps.decide 1345")
            .when(WriterView::isOpenAndRuns)
            .progresses((read, now, random) -> read.row().ended(RandomStatuses.any(random), now)));

    private final Write write;

    DecideWriter(Write write) {
        this.write = write;
    }

    @Override
    public Write write() {
        return write;
    }

    @Override
    public Optional<Writer> then(WriterView written) {
        return switch (this) {
            case SCHEDULE -> Optional.of(SCHEDULE_AGAIN);
            case SCHEDULE_AGAIN -> written.kind().isSynchronous() ? Optional.of(START_SYNCHRONOUS) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** What decide does with an end that it finds. */
    static Optional<Writer> goingOnFrom(WriterView end) {
        return Stream.<Writer>of(MARK_EXECUTED, PASS_OVER_OPTIONAL, RETRY_AUTOMATICALLY, FAIL_WORKFLOW)
                .filter(writer -> writer.hasToDoWith(end))
                .findFirst();
    }

    @Override
    public Optional<Writer> beside(TaskKind kind) {
        if (this != CANCEL && this != TERMINATE) {
            return Optional.empty();
        }
        return switch (kind) {
            case JOIN -> Optional.of(SystemTaskWriter.TICK_FAILS);
            case SUB_WORKFLOW -> Optional.of(ChildWriter.CHILD_CANCELED);
            case SIMPLE, HTTP, WAIT, DO_WHILE, HUMAN -> Optional.empty();
        };
    }
}
