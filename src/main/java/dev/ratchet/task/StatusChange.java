package dev.ratchet.task;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One record of the corrected changelog.
 *
 * @param task which task
 * @param status the current status from now on
 * @param previousStatus the current status before, across epochs; empty for the first change
 * @param epoch the number of the epoch, from 1
 * @param sequence the source's sequence at which this status took over; not necessarily that of the arriving event
 * @param revision counts the task's changes from 1 without a gap
 * @param occurredAt event time of the report at {@code sequence}, ms
 * @param correction whether this takes back what was published, instead of continuing from it
 * @param supersedes the revision that this takes back, if it is a correction
 * @param source the task's source
 * @param timestamp the record's timestamp, ms: between that of the input record and now, and not lower than that of the
 *     task's change before
 */
public record StatusChange(
        TaskIdentity task,
        TaskStatus status,
        Optional<TaskStatus> previousStatus,
        int epoch,
        long sequence,
        long revision,
        long occurredAt,
        boolean correction,
        OptionalLong supersedes,
        EventSource source,
        long timestamp) {

    StatusChange withTimestamp(long newTimestamp) {
        return new StatusChange(
                task,
                status,
                previousStatus,
                epoch,
                sequence,
                revision,
                occurredAt,
                correction,
                supersedes,
                source,
                newTimestamp);
    }

    /**
     * The last change again, for those who lost it. What came before is not kept, so the previous status is empty, and
     * whether it was a correction is not said.
     *
     * @param now ms; the timestamp is that of the change, unless it is far ahead of now
     */
    public static StatusChange again(TaskState state, long now) {
        LastPublished last = state.published();
        return new StatusChange(
                state.task(),
                last.observation().status(),
                Optional.empty(),
                state.epoch().number(),
                last.observation().sequence(),
                last.revision(),
                last.observation().occurredAt(),
                false,
                OptionalLong.empty(),
                state.source(),
                last.withTimestamp(last.timestamp(), now).timestamp());
    }

    static StatusChange of(TaskState after, Optional<TaskStatus> previous, boolean correction) {
        Observation current = after.current();
        long revision = after.published().revision();
        return new StatusChange(
                after.task(),
                current.status(),
                previous,
                after.epoch().number(),
                current.sequence(),
                revision,
                current.occurredAt(),
                correction,
                correction ? OptionalLong.of(revision - 1) : OptionalLong.empty(),
                after.source(),
                after.published().timestamp());
    }
}
