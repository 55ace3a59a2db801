package dev.ratchet.task;

import java.util.Optional;

/**
 * The rule: applies one status event to the state of its task. A list of conditions; the first that applies decides.
 * Pure: the same state and event always give the same outcome.
 */
public final class StatusReducer {
    private StatusReducer() {}

    /** The first event of a task: its status becomes the current one, whatever it is, since events get lost. */
    public static Outcome reduceFirst(StatusEvent event) {
        return event.snapshot() ? SnapshotRule.reduceFirst(event) : startTask(event);
    }

    static Outcome startTask(StatusEvent event) {
        return accept(TaskState.first(event), Optional.empty(), event, false);
    }

    /**
     * A further event of a task.
     *
     * @throws IllegalArgumentException if the event is another task's
     */
    public static Outcome reduce(TaskState state, StatusEvent event) {
        if (!event.task().taskId().equals(state.task().taskId())) {
            throw new IllegalArgumentException("Expected an event of task "
                    + state.task().taskId() + ", but got one of " + event.task().taskId());
        }
        if (event.snapshot()) {
            return SnapshotRule.reduce(state, event);
        }
        if (SourceTakeover.isTakeover(event.source(), state)) {
            return SourceTakeover.reduce(state, event);
        }
        return SnapshotRule.hasNewerRowThan(event, state)
                ? SnapshotRule.ignore(state, event)
                : reduceInSourceOrder(state, event);
    }

    /** A further event, in the order of the source that owns the task. */
    static Outcome reduceInSourceOrder(TaskState state, StatusEvent event) {
        if (isFromAnotherSource(state, event)) {
            return new Outcome.Rejected(state, new Rejection(event, RejectionReason.SOURCE_MISMATCH, state));
        }
        if (isOutdatedAudit(state, event)) {
            return new Outcome.Ignored(
                    state,
                    "Expected an audit's answer as of sequence "
                            + state.lastReported().observation().sequence() + ", but the audit asked at "
                            + event.sequence());
        }
        EpochDecision decision = EpochRule.decide(state, event);
        return switch (decision) {
            case OLDER -> reject(state, state.withStaleEvent(event), event, RejectionReason.STALE_EPOCH);
            case SAME -> reduceWithinEpoch(state, state.withEvent(event, state.epoch()), event);
            case JOINS ->
                reduceWithinEpoch(state, state.withEvent(event, state.epoch().adoptKeyOf(event)), event);
            case STATED, KEY, REOPENED, SIBLING, CLOCK_SKEW, RESUMED -> startEpoch(state, event, decision);
            case FIRST, RERUN ->
                throw new IllegalStateException("Expected a decision about one event, but got " + decision);
        };
    }

    static Outcome startEpoch(TaskState state, StatusEvent event, EpochDecision decision) {
        TaskState started = state.startEpoch(event, state.epoch().next(decision, event));
        return accept(started, statusOf(state), event, false);
    }

    /**
     * The task is gone. Its current status stays; what the source held no longer matters.
     *
     * @param source who reports it: the log, which takes over a task of another source, or Conductor when an audit
     *     asked
     * @param sequence the deletion's place in the source's order; a deletion before the last report changes nothing
     */
    public static TaskState reduceDeletion(TaskState state, EventSource source, long sequence) {
        return SourceTakeover.isTakeover(source, state)
                ? state.transferTo(source, state.task()).markDeleted(sequence)
                : state.markDeleted(sequence);
    }

    private static Outcome reduceWithinEpoch(TaskState before, TaskState after, StatusEvent event) {
        Observation previous = before.current();
        Observation current = after.current();
        if (current.status() != previous.status()) {
            boolean forward = after.table().permits(previous.status(), current.status())
                    && current.isLaterThan(previous)
                    && current.isLaterThan(before.published().observation());
            return accept(after, statusOf(before), event, !forward);
        }
        if (before.history().contains(event.status(), event.sequence())) {
            return reject(before, after, event, RejectionReason.DUPLICATE);
        }
        if (event.status() == current.status()) {
            return new Outcome.Unchanged(after);
        }
        if (event.status().isTerminal()
                && current.status().isTerminal()
                && event.observation().isLaterThan(current)) {
            return reject(before, after, event, RejectionReason.TERMINAL_CONFLICT);
        }
        if (event.observation().isLaterThan(before.history().latest()) || isNewAuditAnswer(before, after, event)) {
            return reject(before, after, event, RejectionReason.BACKWARD_TRANSITION);
        }
        return reject(before, after, event, RejectionReason.OUT_OF_ORDER);
    }

    private static Outcome accept(
            TaskState after, Optional<TaskStatus> previous, StatusEvent event, boolean correction) {
        OutcomeKind kind = correction ? OutcomeKind.CORRECTION : OutcomeKind.ACCEPTED;
        TaskState published = after.withNextRevision().recordOutcome(kind, event.observation(), false);
        return new Outcome.Accepted(published, StatusChange.of(published, previous, correction));
    }

    /** An event that changes nothing adds no entry to the timeline, so redelivered records leave the state as it is. */
    private static Outcome reject(TaskState before, TaskState after, StatusEvent event, RejectionReason reason) {
        Rejection rejection = new Rejection(event, reason, after);
        TaskState kept = after == before
                ? before
                : after.recordOutcome(reason.kind(), event.observation(), rejection.isLostUpdate());
        return new Outcome.Rejected(kept, rejection);
    }

    private static Optional<TaskStatus> statusOf(TaskState before) {
        return Optional.of(before.current().status());
    }

    /**
     * Sequences of different sources cannot be compared. An audit is always accepted: it asks as of the last report.
     */
    private static boolean isFromAnotherSource(TaskState state, StatusEvent event) {
        return event.source() != EventSource.AUDIT
                && state.source() != EventSource.AUDIT
                && event.source() != state.source();
    }

    /** An audit asks as of the last report, so a different answer is later than that. */
    private static boolean isNewAuditAnswer(TaskState before, TaskState after, StatusEvent event) {
        return event.source() == EventSource.AUDIT && after.lastReported() != before.lastReported();
    }

    private static boolean isOutdatedAudit(TaskState state, StatusEvent event) {
        return event.source() == EventSource.AUDIT
                && event.sequence() != state.lastReported().observation().sequence();
    }
}
