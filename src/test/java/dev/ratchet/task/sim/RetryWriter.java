package dev.ratchet.task.sim;

import static dev.ratchet.task.TaskStatus.IN_PROGRESS;

import dev.ratchet.task.EpochKey;
import java.util.Optional;

/** A person retries the workflow. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state
enum RetryWriter implements Writer {
    /** All tasks are written; those that are retried under another id are marked. */
    RETRY(Write.byHand("WorkflowExecutorOps.retry 529")
            .when(seen -> seen.hasEnded() && !seen.isOpen() && !(seen.kind().isContainer() && seen.isUnsuccessful()))
            .progresses((read, now, random) -> read.isUnsuccessful()
                    ? read.row().ended(read.row().status(), now).executed(true).retried(true)
                    : read.row())
            .and(Write.Effect.REOPENS_WORKFLOW)),
    /** What is retried under another id is written before it has a scheduledTime. */
    RETRY_WRITES_NEW(Write.byHand("WorkflowExecutorOps.retry 529").when(seen -> false)),
    /** A cancelled container, or a JOIN that failed over a permissive branch. */
    RETRY_IN_PLACE(Write.byHand("WorkflowExecutorOps.retry 467, 479")
            .when(seen -> seen.hasEnded() && seen.isRetriedUncounted())
            .reopens((read, now, random) -> read.row().status(IN_PROGRESS))
            .and(Write.Effect.REOPENS_WORKFLOW)
            .and(Write.Effect.QUEUES)),
    RETRY_IN_PLACE_COUNTED(Write.byHand("WorkflowExecutorOps.taskToBeRescheduled 584")
            .when(seen ->
                    seen.hasEnded() && seen.kind().isContainer() && seen.isUnsuccessful() && !seen.isRetriedUncounted())
            .reopens((read, now, random) -> read.row()
                    .status(IN_PROGRESS)
                    .retried(false)
                    .key(new EpochKey(
                            read.row().key().scheduledTime(), read.row().key().retryCount() + 1)))
            .and(Write.Effect.REOPENS_WORKFLOW)),
    /** What was retried in place is created again, under its new count. */
    RETRY_SCHEDULES(Write.byHand("WorkflowExecutorOps.scheduleTask 2008")
            .reopensOn((read, now, random) ->
                    read.row().key(new EpochKey(now, read.row().key().retryCount())))
            .and(Write.Effect.QUEUES)),
    /** Inserted, then updated. */
    RETRY_SCHEDULES_AGAIN(Write.byHand("PostgresExecutionDAO.createTasks 172"));

    private final Write write;

    RetryWriter(Write write) {
        this.write = write;
    }

    @Override
    public Write write() {
        return write;
    }

    @Override
    public Optional<Writer> then(WriterView written) {
        return switch (this) {
            case RETRY_IN_PLACE_COUNTED -> Optional.of(RETRY_SCHEDULES);
            case RETRY_SCHEDULES -> Optional.of(RETRY_SCHEDULES_AGAIN);
            case RETRY_WRITES_NEW -> Optional.of(DecideWriter.SCHEDULE);
            case RETRY, RETRY_IN_PLACE, RETRY_SCHEDULES_AGAIN -> Optional.empty();
        };
    }
}
