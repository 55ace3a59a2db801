package dev.ratchet.ingest;

import dev.ratchet.task.RefusedWrite;
import dev.ratchet.task.RepairAnswer;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TextLimits;

/** The result of reading a record. */
public sealed interface Reading {

    /** Calls the visitor's method for this case. */
    <R> R accept(Visitor<R> visitor);

    /** One method for each case, so that a new case does not compile until every place handles it. */
    interface Visitor<R> {
        R onEvent(Event event);

        R onDeleted(Deleted deleted);

        R onResult(Result result);

        R onRefused(Refused refused);

        R onNothing(Nothing nothing);

        R onUnreadable(Unreadable unreadable);
    }

    /** From the topic of repair results: what the repair worker or a person writes there. */
    sealed interface Result extends Reading {
        @Override
        default <R> R accept(Visitor<R> visitor) {
            return visitor.onResult(this);
        }

        /** Calls the visitor's method for this case. */
        <R> R acceptResult(ResultVisitor<R> visitor);
    }

    /** As {@link Visitor}, for results. */
    interface ResultVisitor<R> {
        R onAnswer(Answer answer);

        R onExistence(Existence existence);

        R onRetry(Retry retry);

        R onRequest(Request request);
    }

    /**
     * A report of a task's status.
     *
     * @param payload the output for a repair; {@link TaskOutput#NONE} unless the task ended and outputs are captured
     */
    record Event(StatusEvent event, TaskOutput payload) implements Reading {
        public Event(StatusEvent event) {
            this(event, TaskOutput.NONE);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.onEvent(this);
        }
    }

    /** The result of a repair command. */
    record Answer(RepairAnswer answer) implements Result {
        @Override
        public <R> R acceptResult(ResultVisitor<R> visitor) {
            return visitor.onAnswer(this);
        }
    }

    /** A person requests that a repair is tried again. */
    record Retry(String taskId) implements Result {
        @Override
        public <R> R acceptResult(ResultVisitor<R> visitor) {
            return visitor.onRetry(this);
        }
    }

    /**
     * A person requests something about all tasks of a partition.
     *
     * @param requestId the same on all partitions
     */
    record Request(String requestId, Kind kind) implements Result {
        /** What is requested. */
        public enum Kind {
            AUDIT_OF_LIVE_TASKS,
            AUDIT_OF_ALL_TASKS,
            REPUBLICATION
        }

        @Override
        public <R> R acceptResult(ResultVisitor<R> visitor) {
            return visitor.onRequest(this);
        }
    }

    /**
     * Conductor's answer to an audit: whether the task still exists.
     *
     * @param asOf the last reported sequence when the audit asked
     * @param attempt number of consecutive answers before this one that it does not know the task
     */
    record Existence(String taskId, int epoch, long asOf, int attempt, boolean exists) implements Result {
        @Override
        public <R> R acceptResult(ResultVisitor<R> visitor) {
            return visitor.onExistence(this);
        }
    }

    /** The source deleted the task. The sequence is the deletion's place in the source's order. */
    record Deleted(String taskId, long sequence) implements Reading {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.onDeleted(this);
        }
    }

    /** The guard in Conductor's database prevented a write. */
    record Refused(RefusedWrite write) implements Reading {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.onRefused(this);
        }
    }

    /** A valid record that reports nothing about a task. The reason says what it is instead. */
    record Nothing(String reason) implements Reading {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.onNothing(this);
        }
    }

    /**
     * A record that cannot be read.
     *
     * @param error "Expected …, but got …"
     */
    record Unreadable(DeadLetterCategory flaw, String error) implements Reading {
        public Unreadable {
            error = TextLimits.cut(error, TextLimits.MESSAGE); // it may quote the input
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.onUnreadable(this);
        }
    }
}
