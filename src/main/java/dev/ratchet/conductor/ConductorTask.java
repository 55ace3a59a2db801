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
 * Conductor's row of a task at the moment it was asked. Texts are empty, times 0 and counts {@link EpochKey#NO_COUNT} where
 * the answer left them out.
 *
 * @param task which task, in Conductor's own words
 * @param status in Conductor's own word, which may be one that Ratchet does not know; not empty
 * @param evidence which life of the task this is; an endTime above 0 on one that has not ended, and it was reopened on
 *     purpose
 * @param updateTime of the last write that was no end, ms
 * @param payload what it has brought forth
 */
public record ConductorTask(
        TaskIdentity task, String status, EpochEvidence evidence, long updateTime, TaskOutput payload) {

    public String taskId() {
        return task.taskId();
    }

    public String workflowId() {
        return task.workflowId();
    }

    public EpochKey key() {
        return evidence.key();
    }

    public long startTime() {
        return evidence.startTime();
    }

    public long endTime() {
        return evidence.endTime();
    }

    public int pollCount() {
        return evidence.pollCount();
    }

    /** Empty if it is none that Ratchet knows. */
    public Optional<TaskStatus> knownStatus() {
        return Stream.of(TaskStatus.values())
                .filter(known -> known.name().equals(status))
                .findFirst();
    }

    /** The newest of its times, ms; 0 if it has none. */
    public long newestTime() {
        return LongStream.of(key().scheduledTime(), startTime(), endTime(), updateTime)
                .max()
                .orElse(EpochKey.NO_TIME);
    }

    /** Whether this is another life of the task than the one that goes by these. What is unknown is not compared. */
    public boolean isOtherEpochThan(EpochKey epochState, long started) {
        return differ(epochState.scheduledTime(), key().scheduledTime())
                || (epochState.retryCount() != EpochKey.NO_COUNT
                        && key().retryCount() != EpochKey.NO_COUNT
                        && epochState.retryCount() != key().retryCount())
                || hasOtherStartTime(started);
    }

    public boolean hasOtherStartTime(long started) {
        return differ(started, startTime());
    }

    private static boolean differ(long time, long other) {
        return time != EpochKey.NO_TIME && other != EpochKey.NO_TIME && time != other;
    }
}
