package dev.ratchet.task.deadline;

import static dev.ratchet.task.deadline.TrackedTask.NEVER;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.RepairAnswer;
import dev.ratchet.task.RepairProgress;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import java.util.Optional;

/**
 * A policy with short limits, and tracked tasks. Limits: scheduled 100, in progress 1,000, terminal retention 10,000, live
 * retention 90,000, settle 3, result 50, capture 500, audits 30 after a terminal event and after 600 of silence.
 */
abstract class DeadlinePolicyFixture {
    static final TimeLimits LIMITS = new TimeLimits(100, 1_000, 10_000, 90_000, 3, 50, 500, 30, 600);
    static final DeadlinePolicy POLICY = new DeadlinePolicy(LIMITS);

    static final DeadlinePolicy WITHOUT_AUDITS =
            new DeadlinePolicy(new TimeLimits(100, 1_000, 10_000, 90_000, 3, 50, 500, NEVER, NEVER));

    long sequence;

    /** Diverges since 12. */
    TrackedTask diverged() {
        sequence = 0;
        TrackedTask tracked = POLICY.startTracking(first(TaskStatus.IN_PROGRESS), 10);
        tracked = POLICY.onEvent(tracked, next(tracked, TaskStatus.COMPLETED), 11);
        return POLICY.onEvent(tracked, next(tracked, TaskStatus.IN_PROGRESS), 12);
    }

    TrackedTask issued() {
        TrackedTask diverged = diverged();
        return commanded(diverged);
    }

    static TrackedTask commanded(TrackedTask tracked) {
        return POLICY.onRepairIssued(tracked, RepairProgress.issueNext(tracked.task(), 100, true), 20);
    }

    /** At 100. */
    static TrackedTask answered(TrackedTask tracked, RepairState.Result result) {
        RepairState repair = tracked.task().bookkeeping().repair();
        RepairAnswer answer = new RepairAnswer(
                "t1",
                1,
                repair.lastReportedSequence(),
                repair.attempt(),
                result,
                Optional.of(TaskStatus.IN_PROGRESS),
                "");
        return POLICY.onRepairResult(tracked, RepairProgress.recordResult(tracked.task(), answer, 100), 100);
    }

    TaskState first(TaskStatus status) {
        return first("HTTP", status, EpochEvidence.NONE);
    }

    TaskState first(String type, TaskStatus status, EpochEvidence evidence) {
        return StatusReducer.reduceFirst(event(type, status, evidence)).state();
    }

    TaskState next(TrackedTask before, TaskStatus status) {
        return StatusReducer.reduce(before.task(), event("HTTP", status, EpochEvidence.NONE))
                .state();
    }

    StatusEvent event(String type, TaskStatus status, EpochEvidence evidence) {
        sequence++;
        TaskIdentity task = new TaskIdentity("t1", "w1", "upload", type, "upload_item");
        return new StatusEvent(task, status, 0, sequence, sequence, EventSource.CDC, evidence);
    }
}
