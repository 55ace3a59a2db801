package dev.ratchet.ingest;

import dev.ratchet.task.RefusedWrite;
import dev.ratchet.task.RepairAnswer;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TextLimits;

/** What a record turned out to be. */
public sealed interface Reading {

    /**
     * A report of a task's status.
     *
     * @param payload what else a repair would need; {@link TaskOutput#NONE} unless the task ended and it is wanted
     */
    record Event(StatusEvent event, TaskOutput payload) implements Reading {
        public Event(StatusEvent event) {
            this(event, TaskOutput.NONE);
        }
    }

    /** What came of a repair command. */
    record Answer(RepairAnswer answer) implements Reading {}

    /** A person wants a repair to be tried again. */
    record Retry(String taskId) implements Reading {}

    /**
     * What Conductor answered when it was asked whether a task still exists.
     *
     * @param asOf the latest sequence reported when it was asked
     * @param attempt how often running it had answered before that it knows no such task
     */
    record Existence(String taskId, int epoch, long asOf, int attempt, boolean exists) implements Reading {}

    /**
     * The source deleted the task.
     *
     * @param taskId Conductor's task id
     * @param sequence the deletion's place in the source's order
     */
    record Deleted(String taskId, long sequence) implements Reading {}

    /** The guard in Conductor's database refused a write. */
    record Refused(RefusedWrite write) implements Reading {}

    /**
     * A sound record that reports nothing about a task.
     *
     * @param reason what it is instead
     */
    record Nothing(String reason) implements Reading {}

    /**
     * A record that cannot be read.
     *
     * @param flaw what is wrong, as a label
     * @param error what was expected, and what was found
     */
    record Unreadable(Flaw flaw, String error) implements Reading {
        public Unreadable {
            error = TextLimits.cut(error, TextLimits.MESSAGE); // it may quote what was read
        }
    }

    /** What may be wrong with a record. */
    enum Flaw {
        /** Broken, cut short, or another format. */
        MALFORMED,
        /** Of a schema that the registry does not know, knows as that of something else, or refuses for long. */
        UNKNOWN_SCHEMA,
        /** Its schema is not told yet, and it is too large to wait for it. */
        TOO_LARGE,
        /** Sound, but of a status that Ratchet does not know. */
        UNKNOWN_STATUS,
        /** Sound, but of a source that may not write where it was read. */
        FORBIDDEN_SOURCE
    }
}
