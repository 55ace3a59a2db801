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

        R onAnswer(Answer answer);

        R onExistence(Existence existence);

        R onRetry(Retry retry);

        R onRequestedAudit(RequestedAudit audit);

        R onRefused(Refused refused);

        R onNothing(Nothing nothing);

        R onUnreadable(Unreadable unreadable);
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
    record Answer(RepairAnswer answer) implements Reading {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.onAnswer(this);
        }
    }

    /** A person requests that a repair is tried again. */
    record Retry(String taskId) implements Reading {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.onRetry(this);
        }
    }

    /**
     * A person requests an audit of all tasks of a partition.
     *
     * @param requestId the same on all partitions
     * @param endedToo also of tasks that have ended
     */
    record RequestedAudit(String requestId, boolean endedToo) implements Reading {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.onRequestedAudit(this);
        }
    }

    /**
     * Conductor's answer to an audit: whether the task still exists.
     *
     * @param asOf the last reported sequence when the audit asked
     * @param attempt number of consecutive answers before this one that it does not know the task
     */
    record Existence(String taskId, int epoch, long asOf, int attempt, boolean exists) implements Reading {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.onExistence(this);
        }
    }

    /**
     * The source deleted the task.
     *
     * @param taskId Conductor's task id
     * @param sequence the deletion's place in the source's order
     */
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

    /**
     * A valid record that reports nothing about a task.
     *
     * @param reason what it is instead
     */
    record Nothing(String reason) implements Reading {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.onNothing(this);
        }
    }

    /**
     * A record that cannot be read.
     *
     * @param flaw the kind of error
     * @param error "Expected …, but got …"
     */
    record Unreadable(Flaw flaw, String error) implements Reading {
        public Unreadable {
            error = TextLimits.cut(error, TextLimits.MESSAGE); // it may quote the input
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.onUnreadable(this);
        }
    }

    /** Why a record cannot be read. */
    enum Flaw {
        /** Damaged, truncated, or in another format. */
        MALFORMED,
        /** The registry does not know its schema, has another type under that id, or keeps refusing it. */
        UNKNOWN_SCHEMA,
        /** The registry has not answered with its schema, and the record is too large to wait. */
        TOO_LARGE,
        /** Valid, but with a status that Ratchet does not know. */
        UNKNOWN_STATUS,
        /** Valid, but its source may not write to this topic. */
        FORBIDDEN_SOURCE
    }
}
