package dev.ratchet.conductor;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Conductor's row of a task. Absent texts are empty, absent times 0, absent counts {@link EpochKey#NO_COUNT}.
 *
 * @param status as Conductor names it, perhaps one that Ratchet does not know; not empty
 * @param evidence which epoch of the task this is; an endTime above 0 on an open task means that it was reopened on purpose
 * @param updateTime epoch milliseconds of the last write that did not end the task
 */
public record ConductorTask(
        TaskIdentity task, String status, EpochEvidence evidence, long updateTime, TaskOutput payload) {

    /** Empty if Ratchet does not know it. */
    public Optional<TaskStatus> knownStatus() {
        return Stream.of(TaskStatus.values())
                .filter(known -> known.name().equals(status))
                .findFirst();
    }

    /** The latest of its times, epoch milliseconds; 0 if it has none. */
    public long newestTime() {
        return LongStream.of(evidence.key().scheduledTime(), evidence.startTime(), evidence.endTime(), updateTime)
                .max()
                .orElse(EpochKey.NO_TIME);
    }

    /** Whether the row is of another epoch than the given one. Unknown values are not compared. */
    public boolean isOtherEpochThan(EpochKey other, long started) {
        EpochKey key = evidence.key();
        return differ(other.scheduledTime(), key.scheduledTime())
                || (other.retryCount() != EpochKey.NO_COUNT
                        && key.retryCount() != EpochKey.NO_COUNT
                        && other.retryCount() != key.retryCount())
                || hasOtherStartTime(started);
    }

    public boolean hasOtherStartTime(long started) {
        return differ(started, evidence.startTime());
    }

    private static boolean differ(long time, long other) {
        return time != EpochKey.NO_TIME && other != EpochKey.NO_TIME && time != other;
    }
}
