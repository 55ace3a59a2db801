package dev.ratchet.task;

import java.util.Optional;

/**
 * The rule: folds one status event into what is remembered of its task, and says what became of it. A ladder; the first
 * rung that applies decides. Pure: the same state and event always give the same outcome.
 */
public final class StatusReducer {
    private StatusReducer() {}

    /** The first event ever heard of a task: whatever it reports stands, since events get lost. */
    public static Outcome first(StatusEvent event) {
        return event.snapshot() ? SnapshotRule.first(event) : start(event);
    }

    static Outcome start(StatusEvent event) {
        return accept(TaskState.first(event), Optional.empty(), event, false);
    }

    /**
     * A further event of a task.
     *
     * @throws IllegalArgumentException if the event is another task's
     */
    public static Outcome next(TaskState state, StatusEvent event) {
        if (!event.task().taskId().equals(state.task().taskId())) {
            throw new IllegalArgumentException("Expected an event of task "
                    + state.task().taskId() + ", but got one of " + event.task().taskId());
        }
        if (event.snapshot()) {
            return SnapshotRule.next(state, event);
        }
        if (SourceTakeover.isFrom(event.source(), state)) {
            return SourceTakeover.next(state, event);
        }
        return SnapshotRule.isNewerThan(event, state) ? SnapshotRule.ignored(state, event) : ofTheSource(state, event);
    }

    /** A further event, in the order of the source that owns the task. */
    static Outcome ofTheSource(TaskState state, StatusEvent event) {
        if (isForeign(state, event)) {
            return new Outcome.Rejected(state, new Rejection(event, RejectionReason.SOURCE_MISMATCH, state));
        }
        if (isOutrun(state, event)) {
            return new Outcome.Ignored(
                    state,
                    "Expected an answer as of sequence "
                            + state.lastReported().observation().sequence() + ", but this audit asked at "
                            + event.sequence());
        }
        EpochDecision decision = EpochRule.decide(state, event);
        return switch (decision) {
            case OLDER -> refuse(state, state.withStaleEvent(event), event, RejectionReason.STALE_EPOCH);
            case SAME -> within(state, state.withEvent(event, state.epoch()), event);
            case JOINS -> within(state, state.withEvent(event, state.epoch().joinedBy(event)), event);
            case STATED, KEY, REOPENED, SIBLING, CLOCK_SKEW, RESUMED -> startEpoch(state, event, decision);
            case FIRST, RERUN ->
                throw new IllegalStateException("Expected a decision about one event, but got " + decision);
        };
    }

    static Outcome startEpoch(TaskState state, StatusEvent event, EpochDecision decision) {
        TaskState opened = state.open(event, state.epoch().next(decision, event));
        return accept(opened, previous(state), event, false);
    }

    /**
     * The task is gone. What the source held no longer matters; what stands, stands.
     *
     * @param by who says so: the log, which takes over a task of another source, or Conductor when it was asked
     * @param sequence the deletion's place in the source's order; one that later news has outrun changes nothing
     */
    public static TaskState deleted(TaskState state, EventSource by, long sequence) {
        return SourceTakeover.isFrom(by, state)
                ? state.takenOverBy(by, state.task()).deletedAt(sequence)
                : state.deletedAt(sequence);
    }

    private static Outcome within(TaskState before, TaskState after, StatusEvent event) {
        Observation stood = before.current();
        Observation stands = after.current();
        if (stands.status() != stood.status()) {
            boolean forward = after.table().permits(stood.status(), stands.status())
                    && stands.isLaterThan(stood)
                    && stands.isLaterThan(before.published().observation());
            return accept(after, previous(before), event, !forward);
        }
        if (before.history().has(event.status(), event.sequence())) {
            return refuse(before, after, event, RejectionReason.DUPLICATE);
        }
        if (event.status() == stands.status()) {
            return new Outcome.Unchanged(after);
        }
        if (event.status().isTerminal()
                && stands.status().isTerminal()
                && event.observation().isLaterThan(stands)) {
            return refuse(before, after, event, RejectionReason.TERMINAL_CONFLICT);
        }
        if (event.observation().isLaterThan(before.history().latest()) || isNews(before, after, event)) {
            return refuse(before, after, event, RejectionReason.BACKWARD_TRANSITION);
        }
        return refuse(before, after, event, RejectionReason.OUT_OF_ORDER);
    }

    private static Outcome accept(
            TaskState after, Optional<TaskStatus> previous, StatusEvent event, boolean correction) {
        OutcomeKind kind = correction ? OutcomeKind.CORRECTION : OutcomeKind.ACCEPTED;
        TaskState kept = after.publishing().recalling(kind, event.observation(), false);
        return new Outcome.Accepted(kept, StatusChange.of(kept, previous, correction));
    }

    /** What taught nothing leaves no line in the timeline: a stretch delivered again changes nothing at all. */
    private static Outcome refuse(TaskState before, TaskState after, StatusEvent event, RejectionReason reason) {
        Rejection rejection = new Rejection(event, reason, after);
        TaskState kept = after == before
                ? before
                : after.recalling(reason.kind(), event.observation(), rejection.isLostUpdate());
        return new Outcome.Rejected(kept, rejection);
    }

    private static Optional<TaskStatus> previous(TaskState before) {
        return Optional.of(before.current().status());
    }

    /** Sequences of different sources do not compare. An audit is always heard: it asks as of what was heard. */
    private static boolean isForeign(TaskState state, StatusEvent event) {
        return event.source() != EventSource.AUDIT
                && state.source() != EventSource.AUDIT
                && event.source() != state.source();
    }

    /** An audit asks as of what was heard, so its answer is later than that, if it is another. */
    private static boolean isNews(TaskState before, TaskState after, StatusEvent event) {
        return event.source() == EventSource.AUDIT && after.lastReported() != before.lastReported();
    }

    private static boolean isOutrun(TaskState state, StatusEvent event) {
        return event.source() == EventSource.AUDIT
                && event.sequence() != state.lastReported().observation().sequence();
    }
}
