package dev.ratchet.query;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;

/** A task to which statuses were reported, one after the other. */
final class SampleTask {
    private static final TaskIdentity TASK = new TaskIdentity("t1", "w1", "order", "HTTP", "upload");

    private SampleTask() {}

    static TrackedTask reported(TaskStatus first, TaskStatus... later) {
        long sequence = 1;
        TaskState state = StatusReducer.reduceFirst(event(first, sequence)).state();
        for (TaskStatus status : later) {
            state = StatusReducer.reduce(state, event(status, ++sequence)).state();
        }
        return new TrackedTask(state, 1_000, TrackedTask.NEVER, TrackedTask.NEVER, 61_000, TrackedTask.NEVER, 0);
    }

    private static StatusEvent event(TaskStatus status, long sequence) {
        return new StatusEvent(
                TASK,
                status,
                StatusEvent.NOT_STATED,
                sequence,
                sequence * 1_000,
                EventSource.CDC,
                EpochEvidence.NONE,
                false);
    }
}
