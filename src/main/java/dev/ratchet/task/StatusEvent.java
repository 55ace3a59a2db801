package dev.ratchet.task;

/**
 * One report that a task had a status. It may arrive late, twice, or out of date.
 *
 * @param task which task
 * @param status the status reported
 * @param epoch the epoch that the producer states, from 1; with {@link #NOT_STATED} {@link EpochRule} decides
 * @param sequence order of writes at the source, e.g. the PostgreSQL log position; 0 or more, larger is later
 * @param occurredAt event time, ms; for people, never for order
 * @param source where it came from
 * @param evidence what the record shows about its epoch
 * @param snapshot whether this is a row that was read from Conductor's table, instead of a change in the log. It shows
 *     what the table held at some point before {@code sequence}; {@link SnapshotRule} gives it its place
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

    /** Creates a change, not a row of a snapshot. */
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

    /** The same report at another place in the source's order. */
    StatusEvent withSequence(long newSequence) {
        return new StatusEvent(task, status, epoch, newSequence, occurredAt, source, evidence, snapshot);
    }

    Observation observation() {
        return new Observation(status, sequence, occurredAt);
    }
}
