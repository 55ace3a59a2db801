package dev.ratchet.task;

import java.util.function.Function;

/**
 * What became of an event. Each case carries the state to keep: an event that changes nothing published may still
 * change what is remembered. An unchanged state is the very object that was handed in.
 */
public sealed interface Outcome {
    /** The task after the event. */
    TaskState state();

    /** The outcome in one word, as it is counted. */
    OutcomeKind kind();

    /** The only way out that is bound to think of every case. */
    default <R> R fold(
            Function<Accepted, R> accepted,
            Function<Unchanged, R> unchanged,
            Function<Rejected, R> rejected,
            Function<Ignored, R> ignored) {
        if (this instanceof Accepted outcome) {
            return accepted.apply(outcome);
        }
        if (this instanceof Unchanged outcome) {
            return unchanged.apply(outcome);
        }
        if (this instanceof Rejected outcome) {
            return rejected.apply(outcome);
        }
        return ignored.apply((Ignored) this);
    }

    /** What stands has changed, and is to be published. */
    record Accepted(TaskState state, StatusChange change) implements Outcome {
        /** The same, published now because of a record of that time, both ms since 1970. */
        public Accepted at(long recordTime, long now) {
            TaskState timed = state.publishedAt(recordTime, now);
            return new Accepted(timed, change.at(timed.published().timestamp()));
        }

        @Override
        public OutcomeKind kind() {
            return change.correction() ? OutcomeKind.CORRECTION : OutcomeKind.ACCEPTED;
        }
    }

    /** The event confirms what stands: a heartbeat, a row written again. */
    record Unchanged(TaskState state) implements Outcome {
        @Override
        public OutcomeKind kind() {
            return OutcomeKind.UNCHANGED;
        }
    }

    /** The event was refused; what it reported may be remembered all the same. */
    record Rejected(TaskState state, Rejection rejection) implements Outcome {
        @Override
        public OutcomeKind kind() {
            return rejection.reason().kind();
        }
    }

    /** The event says nothing about the task as it is now: an audit's answer that later news has outrun. */
    record Ignored(TaskState state, String reason) implements Outcome {
        @Override
        public OutcomeKind kind() {
            return OutcomeKind.IGNORED;
        }
    }
}
