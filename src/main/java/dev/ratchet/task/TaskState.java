package dev.ratchet.task;

/**
 * All that is remembered of a task. Small: no payloads. Immutable.
 *
 * @param task which task, as its source named it first
 * @param source the source its sequences belong to; {@link EventSource#AUDIT} until another was heard
 * @param life the life that stands
 * @param heard what the source holds now
 * @param published what was last published
 * @param ledger what is kept for those who look after it
 */
public record TaskState(
        TaskIdentity task,
        EventSource source,
        EpochState life,
        ReportedStatus heard,
        LastPublished published,
        TaskBookkeeping ledger) {

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
        return life.epoch();
    }

    public StatusHistory marks() {
        return life.marks();
    }

    public Observation standing() {
        return life.standing();
    }

    /** The task has ended as far as Ratchet knows, and its source's last write says it has not: a lost update. */
    public boolean diverges() {
        return !heard.deleted()
                && standing().status().isTerminal()
                && !heard.mark().status().isTerminal();
    }

    /** The task ended more than once, and the last end heard is not the one that stands. */
    public boolean isContested() {
        return !heard.deleted()
                && standing().status().isTerminal()
                && marks().latestTerminal().status() != standing().status();
    }

    TransitionTable table() {
        return TransitionTable.of(task.taskType());
    }

    /** The same life, in this epoch, with one more record heard. */
    TaskState hear(StatusEvent event, Epoch in) {
        boolean later = event.mark().isLaterThan(heard.mark());
        return with(event, life.hear(event, later ? in.reaching(event) : in, table()));
    }

    /** A new life, which begins with this event. */
    TaskState open(StatusEvent event, Epoch next) {
        return with(event, EpochState.beginning(next.over(heard), event))
                .with(ledger.stuck(false).with(RepairState.NONE));
    }

    /** A record of a life that is over: what the source holds may have moved on, and how far that life reaches. */
    TaskState hearStale(StatusEvent event) {
        return with(event, event.mark().isLaterThan(heard.mark()) ? life.hearOld(event) : life);
    }

    private TaskState with(StatusEvent event, EpochState lived) {
        ReportedStatus later = heard.orLater(event);
        EventSource of = source == EventSource.AUDIT ? event.source() : source;
        return later == heard && of == source && lived == life
                ? this
                : new TaskState(task, of, lived, later, published, ledger.stuck(false));
    }

    TaskState with(TaskBookkeeping noted) {
        return noted == ledger ? this : new TaskState(task, source, life, heard, published, noted);
    }

    TaskState with(ReportedStatus now) {
        return new TaskState(task, source, life, now, published, ledger);
    }

    /** The same task, owned by the event's source from here on, and known as that names it. */
    TaskState takenOverBy(StatusEvent event) {
        return takenOverBy(event.source(), event.task());
    }

    /** In the order of the new owner all that was heard so far comes first. */
    TaskState takenOverBy(EventSource owner, TaskIdentity named) {
        return new TaskState(named, owner, life.atBeginning(), heard.atBeginning(), published.atBeginning(), ledger);
    }

    TaskState publishing() {
        return new TaskState(task, source, life, heard, published.next(standing()), ledger);
    }

    /** The same, its last change published now because of a record of that time, both ms. */
    TaskState publishedAt(long recordTime, long now) {
        return new TaskState(task, source, life, heard, published.at(recordTime, now), ledger);
    }

    /** The timestamp of what is published of the task now, ms: never before that of its last change. */
    public long timestampAt(long now) {
        return published.at(now, now).timestamp();
    }

    TaskState recalling(OutcomeKind kind, Observation mark, boolean lostUpdate) {
        return with(ledger.with(kind, mark, lostUpdate));
    }

    TaskState deletedAt(long sequence) {
        ReportedStatus gone = heard.deletedAt(sequence);
        return gone == heard ? this : with(gone);
    }
}
