package dev.ratchet.task;

/**
 * The state of a task. Small: no payloads. Immutable.
 *
 * @param task which task, as its source named it first
 * @param source the source of its sequences; {@link EventSource#AUDIT} until another source has reported the task
 * @param epochState the current epoch
 * @param lastReported what the source holds now
 * @param published what was last published
 * @param bookkeeping data for operators and repairs
 */
public record TaskState(
        TaskIdentity task,
        EventSource source,
        EpochState epochState,
        ReportedStatus lastReported,
        LastPublished published,
        TaskBookkeeping bookkeeping) {

    static TaskState first(StatusEvent event) {
        return new TaskState(
                event.task(),
                event.source(),
                EpochState.startingWith(Epoch.first(event), event),
                ReportedStatus.of(event),
                LastPublished.NOTHING,
                TaskBookkeeping.EMPTY);
    }

    public Epoch epoch() {
        return epochState.epoch();
    }

    public StatusHistory history() {
        return epochState.history();
    }

    public Observation current() {
        return epochState.current();
    }

    /** Whether the current status is terminal, but the last reported one is not: a lost update. */
    public boolean diverges() {
        return !lastReported.isDeleted()
                && current().status().isTerminal()
                && !lastReported.observation().status().isTerminal();
    }

    /** Whether the task ended more than once, and the last reported end is not the current status. */
    public boolean hasTerminalConflict() {
        return !lastReported.isDeleted()
                && current().status().isTerminal()
                && history().latestTerminal().status() != current().status();
    }

    TransitionTable table() {
        return TransitionTable.of(task.taskType());
    }

    TaskState withEvent(StatusEvent event, Epoch updatedEpoch) {
        boolean isLater = event.observation().isLaterThan(lastReported.observation());
        return with(
                event,
                epochState.withEvent(event, isLater ? updatedEpoch.raiseHighWaterMarks(event) : updatedEpoch, table()));
    }

    TaskState startEpoch(StatusEvent event, Epoch next) {
        return with(event, EpochState.startingWith(next.withOverwrittenCopy(lastReported), event))
                .with(bookkeeping.withStuck(false).with(RepairState.NONE));
    }

    /**
     * Adds a record of an earlier epoch: it may change the last reported status, and the high-water marks of that
     * epoch.
     */
    TaskState withStaleEvent(StatusEvent event) {
        return with(
                event,
                event.observation().isLaterThan(lastReported.observation())
                        ? epochState.withStaleEvent(event)
                        : epochState);
    }

    private TaskState with(StatusEvent event, EpochState updatedEpoch) {
        ReportedStatus updated = lastReported.updateWith(event);
        EventSource owner = source == EventSource.AUDIT ? event.source() : source;
        return updated == lastReported && owner == source && updatedEpoch == epochState
                ? this
                : new TaskState(task, owner, updatedEpoch, updated, published, bookkeeping.withStuck(false));
    }

    TaskState with(TaskBookkeeping updated) {
        return updated == bookkeeping
                ? this
                : new TaskState(task, source, epochState, lastReported, published, updated);
    }

    TaskState with(ReportedStatus updated) {
        return new TaskState(task, source, epochState, updated, published, bookkeeping);
    }

    /** Makes the event's source the owner of the task, and takes its names. */
    TaskState transferTo(StatusEvent event) {
        return transferTo(event.source(), event.task());
    }

    /** Makes the source the owner. In its order everything that was reported so far comes first. */
    TaskState transferTo(EventSource owner, TaskIdentity named) {
        return new TaskState(
                named,
                owner,
                epochState.resetSequences(),
                lastReported.resetSequences(),
                published.resetSequences(),
                bookkeeping);
    }

    TaskState withNextRevision() {
        return new TaskState(
                task, source, epochState, lastReported, published.withNextRevision(current()), bookkeeping);
    }

    /** Sets the timestamp of the last change, published now because of a record of that time, both ms. */
    TaskState withTimestamp(long recordTime, long now) {
        return new TaskState(
                task, source, epochState, lastReported, published.withTimestamp(recordTime, now), bookkeeping);
    }

    /** The timestamp of a record that is published for the task now, ms: never before that of its last change. */
    public long timestampAt(long now) {
        return published.withTimestamp(now, now).timestamp();
    }

    TaskState recordOutcome(OutcomeKind kind, Observation observation, boolean lostUpdate) {
        return with(bookkeeping.with(kind, observation, lostUpdate));
    }

    TaskState markDeleted(long sequence) {
        ReportedStatus gone = lastReported.markDeleted(sequence);
        return gone == lastReported ? this : with(gone);
    }
}
