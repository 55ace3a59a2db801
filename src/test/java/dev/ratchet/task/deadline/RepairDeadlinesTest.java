package dev.ratchet.task.deadline;

import static dev.ratchet.task.deadline.TrackedTask.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.RepairProgress;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskStatus;
import org.junit.jupiter.api.Test;

/** When a divergence is repaired, and a repair repeated. */
class RepairDeadlinesTest extends DeadlinePolicyFixture {
    @Test
    void divergenceIsRepairedAfterSettleTimeDespiteHeartbeats() {
        TrackedTask diverged = diverged();
        assertThat(diverged.repairAt()).isEqualTo(15);
        TrackedTask heartbeat = POLICY.onEvent(diverged, next(diverged, TaskStatus.IN_PROGRESS), 14);
        assertThat(heartbeat.repairAt()).isEqualTo(15);
        assertThat(heartbeat.nextCheckAt()).isEqualTo(15);
        assertThat(POLICY.dueAction(heartbeat, 14)).isEqualTo(DueAction.NOTHING);
        assertThat(POLICY.dueAction(heartbeat, 15)).isEqualTo(DueAction.REPAIR);
    }

    @Test
    void endedDivergenceIsNotRepaired() {
        TrackedTask agreed = POLICY.onEvent(diverged(), next(diverged(), TaskStatus.COMPLETED), 14);
        assertThat(agreed.repairAt()).isEqualTo(NEVER);
        assertThat(POLICY.dueAction(agreed, 15)).isEqualTo(DueAction.NOTHING);
    }

    @Test
    void repairIsDueAgainAfterResultTimeout() {
        TrackedTask issued = POLICY.reschedule(issued(), 0);
        TrackedTask lastReported = POLICY.onEvent(issued, next(issued, TaskStatus.IN_PROGRESS), 30);
        assertThat(lastReported.nextCheckAt()).isEqualTo(70);
        assertThat(POLICY.dueAction(lastReported, 69)).isEqualTo(DueAction.NOTHING);
        assertThat(POLICY.dueAction(lastReported, 70)).isEqualTo(DueAction.REPAIR);
    }

    @Test
    void resetRepairWaitsForNoResult() {
        TrackedTask issued = POLICY.reschedule(issued(), 0);
        TrackedTask anew =
                POLICY.onEvent(issued, RepairProgress.resetAttempts(next(issued, TaskStatus.IN_PROGRESS)), 30);
        assertThat(anew.repairAt()).isEqualTo(33);
        assertThat(anew.nextCheckAt()).isEqualTo(33);
    }

    @Test
    void resultTimeoutGrowsWithAttemptsUpToLimit() {
        TrackedTask tracked = issued();
        for (long wait : new long[] {50, 100, 200, 400, 400}) {
            assertThat(tracked.repairAt()).isEqualTo(20 + wait);
            tracked = commanded(tracked);
        }
    }

    @Test
    void backoffAfterFailedRepairGrowsUpToLimit() {
        long last = 0;
        TrackedTask tracked = issued();
        for (int attempt = 1; attempt <= 12; attempt++) {
            TrackedTask failed = answered(tracked, RepairState.Result.FAILED);
            long wait = failed.repairAt() - 100;
            assertThat(wait).isBetween(Math.min(5_000L << (attempt - 1), 300_000) / 2, 300_000L);
            assertThat(wait).isGreaterThanOrEqualTo(last / 2);
            last = wait;
            tracked = commanded(failed);
        }
    }

    @Test
    void notRepairableTaskIsRetriedOnlyAfterNextDivergence() {
        TrackedTask over = answered(issued(), RepairState.Result.NOT_REPAIRABLE);
        assertThat(over.repairAt()).isEqualTo(NEVER);
        TrackedTask heartbeat = POLICY.onEvent(over, next(over, TaskStatus.IN_PROGRESS), 200);
        assertThat(heartbeat.repairAt()).isEqualTo(NEVER);
        TrackedTask agreed = POLICY.onEvent(over, next(over, TaskStatus.COMPLETED), 210);
        TrackedTask lost = POLICY.onEvent(agreed, next(agreed, TaskStatus.IN_PROGRESS), 220);
        assertThat(lost.repairAt()).isEqualTo(223);
    }

    @Test
    void restartedRepairIsDueImmediately() {
        TrackedTask over = POLICY.reschedule(answered(issued(), RepairState.Result.NOT_REPAIRABLE), 0);
        TrackedTask retried = POLICY.onRepairRestarted(over, RepairProgress.restart(over.task()), 300);
        assertThat(POLICY.dueAction(retried, 300)).isEqualTo(DueAction.REPAIR);
        assertThat(retried.nextCheckAt()).isEqualTo(300);
    }

    @Test
    void dryRunIsCheckedAgainLater() {
        assertThat(answered(issued(), RepairState.Result.DRY_RUN).repairAt()).isEqualTo(100 + 600_000);
    }

    @Test
    void overwrittenRepairSettlesAgain() {
        TrackedTask issued = issued();
        TrackedTask overwritten = POLICY.onEvent(issued, next(issued, TaskStatus.IN_PROGRESS), 20);
        assertThat(answered(overwritten, RepairState.Result.REPAIRED).repairAt())
                .isEqualTo(103);
    }

    @Test
    void totalResultTimeoutCoversAllAttempts() {
        assertThat(TimeLimits.totalResultTimeout(5, 1)).isEqualTo(5);
        assertThat(TimeLimits.totalResultTimeout(5, 5)).isEqualTo(5 + 10 + 20 + 40 + 40);
    }
}
