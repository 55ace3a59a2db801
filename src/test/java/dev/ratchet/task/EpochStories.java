package dev.ratchet.task;

import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;

/** Starts of stories about epochs; times are as Conductor writes them (CONDUCTOR.md §3). */
final class EpochStories {
    private EpochStories() {}

    /** The first epoch, completed: scheduled at 100, started at 110, ended at 120, polled once. */
    static Story completed() {
        return story().given(event(SCHEDULED, 1).keyed(100, 0).ran(0, 0, 0))
                .given(event(IN_PROGRESS, 2).keyed(100, 0).ran(110, 0, 1))
                .given(event(COMPLETED, 3).keyed(100, 0).ran(110, 120, 1));
    }

    static Story failed(long startTime, long endTime) {
        return story().given(event(IN_PROGRESS, 2).keyed(100, 0).ran(startTime, 0, 1))
                .given(event(FAILED, 3).keyed(100, 0).ran(startTime, endTime, 1));
    }
}
