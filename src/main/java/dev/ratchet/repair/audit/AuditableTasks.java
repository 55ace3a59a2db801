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

/** The tasks that Conductor can be asked about. Of each a few numbers are kept: a million take some 200 MB. */
final class AuditableTasks {
    private AuditableTasks() {}

    /**
     * Reads all there is now.
     *
     * @param endedToo also those that have ended; never those that the source has deleted
     * @return by task id
     * @throws TopicReadFailedException if there is no such topic, or it cannot be read
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
