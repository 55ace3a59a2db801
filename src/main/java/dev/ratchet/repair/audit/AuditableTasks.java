package dev.ratchet.repair.audit;

import dev.ratchet.config.Settings;
import dev.ratchet.repair.AuditRequest;
import dev.ratchet.repair.open.TaskStates;
import dev.ratchet.repair.open.TopicReadFailedException;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the tasks to audit from the store changelog. A million tasks take about 200 MB. */
final class AuditableTasks {
    private AuditableTasks() {}

    /**
     * Reads all tasks.
     *
     * @param endedToo also tasks that have ended; never those that the source has deleted
     * @return sorted by task id
     * @throws TopicReadFailedException if the topic does not exist or cannot be read
     */
    static List<AuditRequest> read(Settings settings, boolean endedToo) {
        Map<String, AuditRequest> held = new HashMap<>();
        TaskStates.read(settings, (taskId, tracked) -> {
            if (tracked == null || !isWanted(tracked.task(), endedToo)) {
                held.remove(taskId);
            } else {
                held.put(taskId, request(tracked));
            }
        });
        return held.values().stream()
                .sorted(Comparator.comparing(AuditRequest::taskId))
                .toList();
    }

    private static boolean isWanted(TaskState task, boolean endedToo) {
        return !task.lastReported().isDeleted()
                && (endedToo || !task.current().status().isTerminal());
    }

    private static AuditRequest request(TrackedTask tracked) {
        TaskState state = tracked.task();
        return new AuditRequest(
                state.task().taskId(),
                state.epoch().number(),
                state.lastReported().observation().sequence(),
                state.current().status(),
                state.lastReported().observation().status(),
                state.epoch().key(),
                state.lastReported().evidence().startTime(),
                tracked.notFoundCount());
    }
}
