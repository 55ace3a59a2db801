package dev.ratchet.task;

/**
 * One report that a task had a status. A report, not a fact: it may come late, come twice, or tell an old story.
 *
 * @param task which task
 * @param status the status reported
 * @param epoch which life of the task the producer says it is, from 1; {@link #NOT_STATED} leaves it to
 *     {@link EpochRule}
 * @param sequence order of writes at the source, e.g. the PostgreSQL log position; 0 or more, larger is later
 * @param occurredAt event time, ms; for people, never for order
 * @param source where it came from
 * @param evidence what the record tells about the life it belongs to
 * @param snapshot whether this is a row that was read from Conductor's table, instead of a change in the log. It says what
 *     the table held at some point before {@code sequence}, but not since when; {@link SnapshotRule} gives it its place
 */
public record StatusEvent(
        TaskIdentity task,
        TaskStatus status,
        int epoch,
        long sequence,
        long occurredAt,
        EventSource source,
        EpochEvidence evidence,
        boolean snapshot) {
    public static final int NOT_STATED = 0;

    /** A change, not a row of a snapshot. */
    public StatusEvent(
            TaskIdentity task,
            TaskStatus status,
            int epoch,
            long sequence,
            long occurredAt,
            EventSource source,
            EpochEvidence evidence) {
        this(task, status, epoch, sequence, occurredAt, source, evidence, false);
    }

    public StatusEvent {
        if (epoch < 0) {
            throw new IllegalArgumentException("Expected epoch to be 0 (not stated) or more, but got " + epoch);
        }
        if (sequence < 0) {
            throw new IllegalArgumentException("Expected sequence to be 0 or more, but got " + sequence);
        }
        if (occurredAt < 0) {
            throw new IllegalArgumentException("Expected occurredAt to be 1970 or later, in ms, but got " + occurredAt);
        }
    }

    /** The same report at another place of the source's order. */
    StatusEvent at(long place) {
        return new StatusEvent(task, status, epoch, place, occurredAt, source, evidence, snapshot);
    }

    Observation observation() {
        return new Observation(status, sequence, occurredAt);
    }
}
