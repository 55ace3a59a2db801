package dev.ratchet.task;

import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TestEvent.event;

import dev.ratchet.task.RepairState.Result;
import java.util.List;
import java.util.Optional;

/** States and repair results for tests of the repair progress. */
final class RepairStories {
    static final int MAX_ATTEMPTS = 2;

    private RepairStories() {}

    static TaskState due(TaskState state) {
        return RepairProgress.issueNext(state, MAX_ATTEMPTS, true);
    }

    static Story completed() {
        return story().given(IN_PROGRESS, 1).given(COMPLETED, 2);
    }

    static TaskState diverged() {
        return story().given(event(IN_PROGRESS, 1).keyed(100, 0))
                .given(event(COMPLETED, 2).keyed(100, 0))
                .given(event(IN_PROGRESS, 3).keyed(100, 0))
                .diverged()
                .state();
    }

    static RepairAnswer answer(int epoch, int attempt, Result result, TaskStatus observed) {
        return new RepairAnswer("t1", epoch, 3, attempt, result, Optional.of(observed), "because");
    }

    static List<String> changedAlerts(TaskState before, TaskState after) {
        return Alert.between(Optional.of(before), after).stream()
                .map(alert -> alert.kind() + " " + alert.phase())
                .toList();
    }
}
