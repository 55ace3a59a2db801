package dev.ratchet.stream.topology;

import dev.ratchet.task.Alert;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores a task's new state with its deadlines, and forwards the alerts that it opens or resolves. */
final class TaskRecorder {
    /** Tolerated clock difference between two instances, ms; beyond it, deadlines are set again. */
    private static final long CLOCKS_APART = 300_000;

    private final PartitionContext partition;

    TaskRecorder(PartitionContext partition) {
        this.partition = partition;
    }

    /**
     * Stores the task. The rule returns the same object if nothing changed, and then hardly anything is written.
     *
     * @param before null if the task is new
     * @param at time of the record, ms
     * @param captured whether an output of the task was captured
     * @param now ms
     */
    void store(@Nullable TrackedTask before, TaskState after, long at, boolean captured, long now) {
        TrackedTask tracked =
                before == null ? partition.watch().startTracking(after, at) : onEvent(before, after, at, now);
        partition.tasks().keep(before, captured ? partition.watch().onOutputCaptured(tracked, at) : tracked);
    }

    /** @param before null if the task is new */
    void alert(@Nullable TrackedTask before, TaskState after) {
        if (before == null || after != before.task()) {
            partition
                    .forwarder()
                    .alerts(Alert.between(Optional.ofNullable(before).map(TrackedTask::task), after));
        }
    }

    private TrackedTask onEvent(TrackedTask before, TaskState after, long at, long now) {
        if (after == before.task()) {
            return before.resetNotFound();
        }
        return before.lastEventAt() > now + CLOCKS_APART
                ? restartDeadlines(before, after, at)
                : partition.watch().onEvent(before, after, at);
    }

    /** Sets all deadlines again: the clock was ahead at the last event, so they are too late. */
    private TrackedTask restartDeadlines(TrackedTask before, TaskState after, long at) {
        TrackedTask anew = partition.watch().startTracking(after, at);
        return before.dropOutputAt() == TrackedTask.NEVER
                ? anew
                : partition.watch().onOutputCaptured(anew, at);
    }
}
