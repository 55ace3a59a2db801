package dev.ratchet.task.deadline;

import static dev.ratchet.task.deadline.TrackedTask.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

/** Timers of silent tasks when limits change. */
class LimitChangeTest {
    private static final TimeLimits LONG =
            new TimeLimits(1_000, 10_000, 100_000, 900_000, 300, 2_000, 5_000, NEVER, NEVER);
    private static final DeadlinePolicy BEFORE = new DeadlinePolicy(LONG);
    private static final TimeLimits SHORT = new TimeLimits(100, 1_000, 10_000, 90_000, 30, 200, 500, NEVER, NEVER);
    private static final TimeLimits AUDITED =
            new TimeLimits(1_000, 10_000, 100_000, 900_000, 300, 2_000, 5_000, 50, 600);

    private long sequence;

    @Test
    void unchangedLimitsKeepTimers() {
        for (TaskStatus status : TaskStatus.values()) {
            TrackedTask tracked = BEFORE.onOutputCaptured(BEFORE.startTracking(first(status), 10), 10);
            assertThat(new LimitChange(LONG).apply(tracked, 20)).isSameAs(tracked);
        }
        TrackedTask diverged = diverged(10);
        assertThat(new LimitChange(LONG).apply(diverged, 20)).isSameAs(diverged);
    }

    @Test
    void shorterLimitAppliesFromLastReport() {
        LimitChange changed = new LimitChange(SHORT);
        assertThat(changed.apply(BEFORE.startTracking(first(TaskStatus.SCHEDULED), 10), 500)
                        .nextCheckAt())
                .isEqualTo(110);
        assertThat(changed.apply(BEFORE.startTracking(first(TaskStatus.IN_PROGRESS), 10), 500)
                        .nextCheckAt())
                .isEqualTo(1_010);
        assertThat(changed.apply(BEFORE.startTracking(first(TaskStatus.COMPLETED), 10), 500)
                        .nextCheckAt())
                .isEqualTo(10_010);
    }

    @Test
    void longerLimitKeepsTimer() {
        TrackedTask tracked = new DeadlinePolicy(SHORT).startTracking(first(TaskStatus.SCHEDULED), 10);
        assertThat(new LimitChange(LONG).apply(tracked, 20)).isSameAs(tracked);
    }

    @Test
    void shorterSettleAndCaptureTimesCountFromNow() {
        TrackedTask diverged = BEFORE.onOutputCaptured(diverged(10), 10);
        TrackedTask changed = new LimitChange(SHORT).apply(diverged, 200);
        assertThat(changed.repairAt()).isEqualTo(230);
        assertThat(changed.dropOutputAt()).isEqualTo(700);
        assertThat(changed.nextCheckAt()).isEqualTo(230);
        assertThat(new LimitChange(SHORT).apply(diverged, 300).repairAt()).isEqualTo(310);
    }

    @Test
    void shorterResultTimeoutAppliesToPendingRepair() {
        TrackedTask issued = issued();
        assertThat(issued.repairAt()).isEqualTo(2_020);
        assertThat(new LimitChange(SHORT).apply(issued, 200).repairAt()).isEqualTo(400);
    }

    @Test
    void repairOfEarlierVersionGetsResultTimeout() {
        assertThat(new LimitChange(SHORT)
                        .apply(issued().withRepairAt(NEVER), 200)
                        .repairAt())
                .isEqualTo(400);
    }

    @Test
    void failedRepairKeepsItsBackoff() {
        TrackedTask issued = issued();
        RepairAnswer failed =
                new RepairAnswer("t1", 1, 2, 1, RepairState.Result.FAILED, Optional.of(TaskStatus.IN_PROGRESS), "");
        TrackedTask answered =
                BEFORE.onRepairResult(issued, RepairProgress.recordResult(issued.task(), failed, 5), 100);
        assertThat(answered.repairAt()).isGreaterThan(2_000);
        assertThat(new LimitChange(SHORT).apply(answered, 200).repairAt()).isEqualTo(answered.repairAt());
    }

    @Test
    void enabledAuditsCoverLiveAndRecentlyEndedTasks() {
        LimitChange changed = new LimitChange(AUDITED);
        assertThat(changed.apply(BEFORE.startTracking(first(TaskStatus.IN_PROGRESS), 10), 5_000)
                        .nextAuditAt())
                .isEqualTo(610);
        assertThat(changed.apply(BEFORE.startTracking(first(TaskStatus.COMPLETED), 10), 40)
                        .nextAuditAt())
                .isEqualTo(60);
        assertThat(changed.apply(BEFORE.startTracking(first(TaskStatus.COMPLETED), 10), 60)
                        .nextAuditAt())
                .isEqualTo(NEVER);
    }

    @Test
    void shorterAuditIntervalCountsFromNow() {
        TrackedTask tracked = new DeadlinePolicy(AUDITED).startTracking(first(TaskStatus.IN_PROGRESS), 10);
        TimeLimits shorter = new TimeLimits(1_000, 10_000, 100_000, 900_000, 300, 2_000, 5_000, 50, 60);
        assertThat(new LimitChange(shorter).apply(tracked, 200).nextAuditAt()).isEqualTo(260);
    }

    @Test
    void disabledAuditsKeepTimers() {
        TrackedTask tracked = new DeadlinePolicy(AUDITED).startTracking(first(TaskStatus.IN_PROGRESS), 10);
        assertThat(new LimitChange(LONG).apply(tracked, 200)).isSameAs(tracked);
    }

    @Test
    void deletedTaskIsNotAudited() {
        TrackedTask tracked = BEFORE.startTracking(first(TaskStatus.IN_PROGRESS), 10);
        TrackedTask deleted =
                BEFORE.onEvent(tracked, StatusReducer.reduceDeletion(tracked.task(), EventSource.CDC, 9), 20);
        assertThat(new LimitChange(AUDITED).apply(deleted, 30).nextAuditAt()).isEqualTo(NEVER);
    }

    private TrackedTask issued() {
        TrackedTask diverged = diverged(10);
        return BEFORE.onRepairIssued(diverged, RepairProgress.issueNext(diverged.task(), 5, true), 20);
    }

    private TrackedTask diverged(long at) {
        TrackedTask ended = BEFORE.startTracking(first(TaskStatus.COMPLETED), at);
        TrackedTask diverged = BEFORE.onEvent(
                ended,
                StatusReducer.reduce(ended.task(), event(TaskStatus.IN_PROGRESS))
                        .state(),
                at);
        assertThat(diverged.repairAt()).isEqualTo(at + 300);
        return diverged;
    }

    private TaskState first(TaskStatus status) {
        return StatusReducer.reduceFirst(event(status)).state();
    }

    private StatusEvent event(TaskStatus status) {
        TaskIdentity task = new TaskIdentity("t1", "w1", "upload", "HTTP", "upload_item");
        sequence++;
        return new StatusEvent(task, status, 0, sequence, sequence, EventSource.NATIVE, EpochEvidence.NONE);
    }
}
