package dev.ratchet.stream.topology;

import dev.ratchet.task.Alert;
import dev.ratchet.task.Alert.Kind;
import dev.ratchet.task.Alert.Phase;
import dev.ratchet.task.RepairAnswer;
import dev.ratchet.task.RepairProgress;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies repair results to the tasks of one partition. */
final class RepairResultHandler {
    private final PartitionContext partition;
    private final int attempts;

    /** @param attempts maximum number of failed attempts */
    RepairResultHandler(PartitionContext partition, int attempts) {
        this.partition = partition;
        this.attempts = attempts;
    }

    /** Resets the repair for a new divergence, or when an output was captured where there was none. */
    static TaskState begunAnew(@Nullable TrackedTask before, TaskState after, boolean captured) {
        if (before == null || !after.diverges()) {
            return after;
        }
        RepairState repair = after.bookkeeping().repair();
        boolean isNewToRepairWith =
                captured && (repair.result() == RepairState.Result.NOT_REPAIRABLE || repair.isPending());
        return isNewToRepairWith || !before.task().diverges() ? RepairProgress.resetAttempts(after) : after;
    }

    /** @param before null if the task is unknown */
    void answer(@Nullable TrackedTask before, RepairAnswer answer, long now) {
        if (before == null) {
            return;
        }
        TaskState after = RepairProgress.recordResult(before.task(), answer, attempts);
        if (after != before.task()) {
            partition.tasks().keep(before, partition.watch().onRepairResult(before, after, now));
            alert(before, after, answer.reason());
        }
    }

    /** An operator asked to retry the repair. */
    void retry(@Nullable TrackedTask before, long now) {
        if (before == null) {
            return;
        }
        TaskState after = RepairProgress.restart(before.task());
        if (after != before.task()) {
            partition.tasks().keep(before, partition.watch().onRepairRestarted(before, after, now));
            alert(before, after, "");
        }
    }

    /** @param reason why a repair failed */
    private void alert(TrackedTask before, TaskState after, String reason) {
        List<Alert> alerts = Alert.between(Optional.of(before.task()), after).stream()
                .map(alert -> alert.kind() == Kind.REPAIR_FAILED && alert.phase() == Phase.OPENED
                        ? alert.withReason(reason)
                        : alert)
                .toList();
        partition.forwarder().alerts(alerts);
    }
}
