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

/** Stores a task's new state, also after a repair, with its deadlines, and forwards the alerts that it opens or resolves. */
final class TaskRecorder {
    /** Tolerated clock difference between two instances, ms; beyond it, deadlines are set again. */
    private static final long CLOCKS_APART = 300_000;

    private final PartitionContext partition;
    private final int attempts;

    /** @param attempts maximum number of failed attempts of a repair */
    TaskRecorder(PartitionContext partition, int attempts) {
        this.partition = partition;
        this.attempts = attempts;
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

    /** Resets the repair for a new divergence, or when an output was captured where there was none. */
    static TaskState resetRepairIfNew(@Nullable TrackedTask before, TaskState after, boolean captured) {
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
            alertWithReason(before, after, answer.reason());
        }
    }

    void retry(@Nullable TrackedTask before, long now) {
        if (before == null) {
            return;
        }
        TaskState after = RepairProgress.restart(before.task());
        if (after != before.task()) {
            partition.tasks().keep(before, partition.watch().onRepairRestarted(before, after, now));
            alertWithReason(before, after, "");
        }
    }

    private void alertWithReason(TrackedTask before, TaskState after, String reason) {
        List<Alert> alerts = Alert.between(Optional.of(before.task()), after).stream()
                .map(alert -> alert.kind() == Kind.REPAIR_FAILED && alert.phase() == Phase.OPENED
                        ? alert.withReason(reason)
                        : alert)
                .toList();
        partition.forwarder().alerts(alerts);
    }
}
