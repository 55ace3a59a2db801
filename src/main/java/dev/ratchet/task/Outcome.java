package dev.ratchet.task;

import java.util.function.Function;

/**
 * The result of an event. Each case carries the state to store: an event that publishes nothing may still change the
 * state. An unchanged state is the same object that the caller passed in.
 */
public sealed interface Outcome {
    TaskState state();

    /** The label under which the outcome is counted. */
    OutcomeKind kind();

    /** Handles each case. A new case does not compile until every caller handles it. */
    <R> R fold(
            Function<Accepted, R> accepted,
            Function<Unchanged, R> unchanged,
            Function<Rejected, R> rejected,
            Function<Ignored, R> ignored);

    /** The current status has changed and is published. */
    record Accepted(TaskState state, StatusChange change) implements Outcome {
        /** Sets the timestamp of a change that is published now because of a record of that time, both ms since 1970. */
        public Accepted withTimestamp(long recordTime, long now) {
            TaskState stamped = state.withTimestamp(recordTime, now);
            return new Accepted(
                    stamped, change.withTimestamp(stamped.published().timestamp()));
        }

        @Override
        public <R> R fold(
                Function<Accepted, R> accepted,
                Function<Unchanged, R> unchanged,
                Function<Rejected, R> rejected,
                Function<Ignored, R> ignored) {
            return accepted.apply(this);
        }

        @Override
        public OutcomeKind kind() {
            return change.correction() ? OutcomeKind.CORRECTION : OutcomeKind.ACCEPTED;
        }
    }

    /** The event confirms the current status: a heartbeat, or a row that was written again. */
    record Unchanged(TaskState state) implements Outcome {
        @Override
        public <R> R fold(
                Function<Accepted, R> accepted,
                Function<Unchanged, R> unchanged,
                Function<Rejected, R> rejected,
                Function<Ignored, R> ignored) {
            return unchanged.apply(this);
        }

        @Override
        public OutcomeKind kind() {
            return OutcomeKind.UNCHANGED;
        }
    }

    /** The event was rejected. The state may still record what it reported. */
    record Rejected(TaskState state, Rejection rejection) implements Outcome {
        @Override
        public <R> R fold(
                Function<Accepted, R> accepted,
                Function<Unchanged, R> unchanged,
                Function<Rejected, R> rejected,
                Function<Ignored, R> ignored) {
            return rejected.apply(this);
        }

        @Override
        public OutcomeKind kind() {
            return rejection.reason().kind();
        }
    }

    /** The event does not apply to the current state, such as an audit's answer after a later event. */
    record Ignored(TaskState state, String reason) implements Outcome {
        @Override
        public <R> R fold(
                Function<Accepted, R> accepted,
                Function<Unchanged, R> unchanged,
                Function<Rejected, R> rejected,
                Function<Ignored, R> ignored) {
            return ignored.apply(this);
        }

        @Override
        public OutcomeKind kind() {
            return OutcomeKind.IGNORED;
        }
    }
}
