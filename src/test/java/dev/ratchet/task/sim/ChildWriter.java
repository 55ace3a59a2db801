package dev.ratchet.task.sim;

import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;

import java.util.Optional;

/** What a child workflow does to its parent's tasks: by its end, and by being retried, rerun or restarted. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state
enum ChildWriter implements Writer {
    /** No guard: it may be late. */
    CHILD_ENDS(Write.free("WorkflowExecutorOps.updateParentWorkflowTask 2557")
            .when(seen -> !seen.is(SCHEDULED))
            .progresses((read, now, random) -> read.row().ended(RandomStatuses.ofChild(random), now))),
    /** The parent cancels its task, and with it the child, which writes first. */
    CHILD_CANCELED(Write.free("SubWorkflow.cancel, WorkflowExecutorOps.updateParentWorkflowTask 2557")
            .when(seen -> seen.is(IN_PROGRESS))
            .progresses((read, now, random) -> read.row().ended(CANCELED, now))),
    /** Past the facade: an end without a time, until decide, which comes next, has written it again. */
    CHILD_FOUND_ENDED(Write.locked("WorkflowSweeper.repairSubWorkflowTask 327")
            .when(seen -> seen.is(IN_PROGRESS) && seen.runs())
            .progresses((read, now, random) -> read.row().status(RandomStatuses.ofChild(random)))),
    /** The child was retried or restarted. The status is not looked at. */
    REOPEN_PARENT(Write.byHand("WorkflowExecutorOps.updateAndPushParents 332")
            .when(seen -> !seen.row().retried() && !seen.has(TaskTrait.OPTIONAL) && !seen.isOpen())
            .reopens((read, now, random) -> read.row().status(IN_PROGRESS).subworkflowChanged(true))
            .and(Write.Effect.REOPENS_WORKFLOW)),
    /** A sister of the child that was. */
    REOPEN_SISTER(Write.byHand("WorkflowExecutorOps.updateAndPushParents 382, 388")
            .when(seen -> seen.hasEnded() && seen.isUnsuccessful() && seen.row().startTime() > 0)
            .reopens((read, now, random) -> read.row().status(IN_PROGRESS).subworkflowChanged(true))
            .and(Write.Effect.REOPENS_WORKFLOW)),
    REOPEN_CANCELED(Write.byHand("WorkflowExecutorOps.updateAndPushParents 395")
            .when(seen -> seen.hasEnded() && seen.is(CANCELED))
            .reopens((read, now, random) -> read.row().status(IN_PROGRESS))
            .and(Write.Effect.REOPENS_WORKFLOW)),
    SCHEDULE_CANCELED(Write.byHand("WorkflowExecutorOps.updateAndPushParents 407")
            .when(seen -> seen.hasEnded()
                    && seen.is(CANCELED)
                    && (seen.kind() != TaskKind.SUB_WORKFLOW || seen.row().startTime() == 0))
            .reopens((read, now, random) ->
                    read.row().fresh(now, read.row().key().retryCount() + 1).status(SCHEDULED))
            .and(Write.Effect.REOPENS_WORKFLOW)
            .and(Write.Effect.QUEUES)),
    /** The decide that follows, at once or later. */
    TAKE_FLAG_BACK(Write.locked("WorkflowExecutorOps.adjustStateIfSubWorkflowChanged 1428")
            .when(seen -> seen.row().subworkflowChanged() && !seen.row().retried() && seen.runs())
            .copies((read, now, random) -> read.row().subworkflowChanged(false))),
    /** A child in a branch of the fork was retried. */
    REOPEN_JOIN(Write.locked("WorkflowExecutorOps.resetUnsuccessfulJoinTasks 444")
            .when(seen -> seen.hasEnded() && seen.isUnsuccessful())
            .reopens((read, now, random) -> read.row().status(IN_PROGRESS))
            .and(Write.Effect.REOPENS_WORKFLOW)
            .and(Write.Effect.QUEUES));

    private final Write write;

    ChildWriter(Write write) {
        this.write = write;
    }

    @Override
    public Write write() {
        return write;
    }

    @Override
    public Optional<Writer> then(WriterView written) {
        return switch (this) {
            case CHILD_FOUND_ENDED -> DecideWriter.goingOnFrom(written);
            case REOPEN_PARENT, REOPEN_SISTER ->
                Optional.<Writer>of(TAKE_FLAG_BACK).filter(writer -> writer.hasToDoWith(written));
            case CHILD_ENDS, CHILD_CANCELED, REOPEN_CANCELED, SCHEDULE_CANCELED, TAKE_FLAG_BACK, REOPEN_JOIN ->
                Optional.empty();
        };
    }
}
