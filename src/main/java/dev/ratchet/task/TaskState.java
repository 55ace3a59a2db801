package dev.ratchet.task;

/**
 * All that is remembered of a task. Small: no payloads. Immutable.
 *
 * @param task which task, as its source named it first
 * @param source the source its sequences belong to; {@link EventSource#AUDIT} until another was heard
 * @param epochState the life that stands
 * @param lastReported what the source holds now
 * @param published what was last published
 * @param bookkeeping what is kept for those who look after it
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
                EpochState.beginning(Epoch.first(event), event),
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

    /** The task has ended as far as Ratchet knows, and its source's last write says it has not: a lost update. */
    public boolean diverges() {
        return !lastReported.deleted()
                && current().status().isTerminal()
                && !lastReported.observation().status().isTerminal();
    }

    /** The task ended more than once, and the last end heard is not the one that stands. */
    public boolean isContested() {
        return !lastReported.deleted()
                && current().status().isTerminal()
                && history().latestTerminal().status() != current().status();
    }

    TransitionTable table() {
        return TransitionTable.of(task.taskType());
    }

    /** The same life, in this epoch, with one more record heard. */
    TaskState withEvent(StatusEvent event, Epoch in) {
        boolean later = event.observation().isLaterThan(lastReported.observation());
        return with(event, epochState.withEvent(event, later ? in.reaching(event) : in, table()));
    }

    /** A new life, which begins with this event. */
    TaskState open(StatusEvent event, Epoch next) {
        return with(event, EpochState.beginning(next.over(lastReported), event))
                .with(bookkeeping.stuck(false).with(RepairState.NONE));
    }

    /** A record of a life that is over: what the source holds may have moved on, and how far that life reaches. */
    TaskState withStaleEvent(StatusEvent event) {
        return with(
                event,
                event.observation().isLaterThan(lastReported.observation())
                        ? epochState.withOldEvent(event)
                        : epochState);
    }

    private TaskState with(StatusEvent event, EpochState lived) {
        ReportedStatus later = lastReported.orLater(event);
        EventSource of = source == EventSource.AUDIT ? event.source() : source;
        return later == lastReported && of == source && lived == epochState
                ? this
                : new TaskState(task, of, lived, later, published, bookkeeping.stuck(false));
    }

    TaskState with(TaskBookkeeping noted) {
        return noted == bookkeeping ? this : new TaskState(task, source, epochState, lastReported, published, noted);
    }

    TaskState with(ReportedStatus now) {
        return new TaskState(task, source, epochState, now, published, bookkeeping);
    }

    /** The same task, owned by the event's source from here on, and known as that names it. */
    TaskState takenOverBy(StatusEvent event) {
        return takenOverBy(event.source(), event.task());
    }

    /** In the order of the new owner all that was heard so far comes first. */
    TaskState takenOverBy(EventSource owner, TaskIdentity named) {
        return new TaskState(
                named,
                owner,
                epochState.atBeginning(),
                lastReported.atBeginning(),
                published.atBeginning(),
                bookkeeping);
    }

    TaskState publishing() {
        return new TaskState(task, source, epochState, lastReported, published.next(current()), bookkeeping);
    }

    /** The same, its last change published now because of a record of that time, both ms. */
    TaskState publishedAt(long recordTime, long now) {
        return new TaskState(task, source, epochState, lastReported, published.at(recordTime, now), bookkeeping);
    }

    /** The timestamp of what is published of the task now, ms: never before that of its last change. */
    public long timestampAt(long now) {
        return published.at(now, now).timestamp();
    }

    TaskState recalling(OutcomeKind kind, Observation observation, boolean lostUpdate) {
        return with(bookkeeping.with(kind, observation, lostUpdate));
    }

    TaskState deletedAt(long sequence) {
        ReportedStatus gone = lastReported.deletedAt(sequence);
        return gone == lastReported ? this : with(gone);
    }
}
