package dev.ratchet.task.deadline;

import static dev.ratchet.task.deadline.TrackedTask.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochKey;
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

/** Scheduled 100, in progress 1,000, retention 10,000 and of live ones 90,000, settle 3, answer 50, capture 500, audits 30 after an end and after 600 of silence. */
class DeadlinePolicyTest {
    private static final TimeLimits LIMITS = new TimeLimits(100, 1_000, 10_000, 90_000, 3, 50, 500, 30, 600);
    private static final DeadlinePolicy POLICY = new DeadlinePolicy(LIMITS);
    private static final DeadlinePolicy WITHOUT_AUDITS =
            new DeadlinePolicy(new TimeLimits(100, 1_000, 10_000, 90_000, 3, 50, 500, NEVER, NEVER));

    private long sequence;

    @Test
    void queuedTaskIsStuckAfterItsLimit() {
        TrackedTask tracked = POLICY.startTracking(first(TaskStatus.SCHEDULED), 5);
        assertThat(tracked.nextCheckAt()).isEqualTo(105);
        assertThat(POLICY.dueAction(tracked, 104)).isEqualTo(DueAction.NOTHING);
        assertThat(POLICY.dueAction(tracked, 105)).isEqualTo(DueAction.STUCK);
    }

    @Test
    void heartbeatMovesDeadlineButNotTimer() {
        TrackedTask tracked = POLICY.startTracking(first(TaskStatus.IN_PROGRESS), 0);
        TrackedTask later = POLICY.onEvent(tracked, next(tracked, TaskStatus.IN_PROGRESS), 900);
        assertThat(later.nextCheckAt()).isEqualTo(1_000);
        assertThat(POLICY.dueAction(later, 1_000)).isEqualTo(DueAction.NOTHING);
        assertThat(POLICY.reschedule(later, 1_000).nextCheckAt()).isEqualTo(1_900);
    }

    @Test
    void earlierDeadlineMovesTimer() {
        TrackedTask tracked = POLICY.startTracking(first(TaskStatus.IN_PROGRESS), 0);
        TrackedTask queued = POLICY.onEvent(tracked, next(tracked, TaskStatus.SCHEDULED), 10);
        assertThat(queued.nextCheckAt()).isEqualTo(110);
    }

    @Test
    void conductorTimeoutPlusOneMinuteIsLimit() {
        EpochEvidence limited = new EpochEvidence(
                EpochKey.UNKNOWN, 0, 0, -1, EpochEvidence.Flag.UNKNOWN, EpochEvidence.Flag.UNKNOWN, 20, 5);
        DeadlinePolicy policy =
                new DeadlinePolicy(new TimeLimits(100, 1_000, 100_000, 900_000, 3, 50, 500, NEVER, NEVER));
        TrackedTask tracked = policy.startTracking(first("HTTP", TaskStatus.IN_PROGRESS, limited), 0);
        assertThat(tracked.nextCheckAt()).isEqualTo(20_000 + 60_000 + 5_000);
    }

    @Test
    void timerIsSetForShortestPossibleLimit() {
        EpochEvidence limited = new EpochEvidence(
                EpochKey.UNKNOWN, 0, 0, -1, EpochEvidence.Flag.UNKNOWN, EpochEvidence.Flag.UNKNOWN, 20, 0);
        DeadlinePolicy policy =
                new DeadlinePolicy(new TimeLimits(900_000, 1_000, 5_000_000, 9_000_000, 3, 50, 500, NEVER, NEVER));
        TrackedTask queued = policy.startTracking(first("HTTP", TaskStatus.SCHEDULED, limited), 0);
        assertThat(queued.nextCheckAt()).isEqualTo(80_000);
        assertThat(policy.dueAction(queued, 80_000)).isEqualTo(DueAction.NOTHING);
        assertThat(policy.reschedule(queued, 80_000).nextCheckAt()).isEqualTo(900_000);
    }

    @Test
    void waitingTasksAreNeverStuckButForgottenAfterRetention() {
        for (String type : new String[] {"JOIN", "DO_WHILE", "SUB_WORKFLOW", "WAIT", "HUMAN"}) {
            TrackedTask waiting = POLICY.startTracking(first(type, TaskStatus.IN_PROGRESS, EpochEvidence.NONE), 0);
            assertThat(waiting.nextCheckAt()).as("check").isEqualTo(10_000);
            assertThat(POLICY.reschedule(waiting, 10_000).nextCheckAt()).isEqualTo(20_000);
            assertThat(POLICY.reschedule(waiting, 85_000).nextCheckAt()).isEqualTo(90_000);
            assertThat(POLICY.dueAction(waiting, 89_999)).isEqualTo(DueAction.NOTHING);
            assertThat(POLICY.dueAction(waiting, 90_000)).isEqualTo(DueAction.FORGET);
        }
    }

    @Test
    void terminalTaskIsForgottenAfterRetention() {
        TrackedTask tracked = POLICY.startTracking(first(TaskStatus.SCHEDULED), 0);
        TrackedTask ended = POLICY.onEvent(tracked, next(tracked, TaskStatus.COMPLETED), 50);
        assertThat(ended.nextCheckAt()).isEqualTo(10_050);
        assertThat(POLICY.dueAction(ended, 10_049)).isEqualTo(DueAction.NOTHING);
        assertThat(POLICY.dueAction(ended, 10_050)).isEqualTo(DueAction.FORGET);
    }

    @Test
    void eventOfTerminalTaskDoesNotMoveTimer() {
        TrackedTask ended = POLICY.startTracking(first(TaskStatus.COMPLETED), 0);
        TrackedTask again = POLICY.onEvent(ended, next(ended, TaskStatus.COMPLETED), 700);
        assertThat(again.nextCheckAt()).isEqualTo(10_000);
        assertThat(POLICY.dueAction(again, 10_000)).isEqualTo(DueAction.NOTHING);
        assertThat(POLICY.reschedule(again, 0).nextCheckAt()).isEqualTo(10_700);
    }

    @Test
    void capturedOutputIsDroppedBeforeTaskIsForgotten() {
        TrackedTask tracked = POLICY.startTracking(first(TaskStatus.SCHEDULED), 0);
        TrackedTask ended =
                POLICY.onOutputCaptured(POLICY.onEvent(tracked, next(tracked, TaskStatus.COMPLETED), 50), 50);
        assertThat(ended.nextCheckAt()).isEqualTo(550);
        assertThat(POLICY.dueAction(ended, 549)).isEqualTo(DueAction.NOTHING);
        assertThat(POLICY.dueAction(ended, 550)).isEqualTo(DueAction.DROP);
        TrackedTask dropped = POLICY.reschedule(POLICY.onOutputDropped(ended), 550);
        assertThat(dropped.nextCheckAt()).isEqualTo(10_050);
        assertThat(POLICY.dueAction(dropped, 10_050)).isEqualTo(DueAction.FORGET);
    }

    @Test
    void lateTerminalReportDoesNotShortenOutputRetention() {
        TrackedTask captured = POLICY.onOutputCaptured(POLICY.startTracking(first(TaskStatus.COMPLETED), 50), 50);
        assertThat(POLICY.onOutputCaptured(captured, 10).dropOutputAt()).isEqualTo(550);
        assertThat(POLICY.onOutputCaptured(captured, 60).dropOutputAt()).isEqualTo(560);
    }

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
    void auditOfTerminalTaskMayBeDelayedOnlyUntilInterval() {
        TrackedTask ended = POLICY.startTracking(first(TaskStatus.COMPLETED), 0);
        assertThat(POLICY.mayDelayAudit(ended, 629)).isTrue();
        assertThat(POLICY.mayDelayAudit(ended, 630)).isFalse();
        assertThat(POLICY.mayDelayAudit(POLICY.startTracking(first(TaskStatus.IN_PROGRESS), 0), 80_000))
                .isTrue();
    }

    @Test
    void nextAuditOfLiveTaskIsNeverDueImmediately() {
        TrackedTask live = POLICY.startTracking(first(TaskStatus.IN_PROGRESS), 0);
        assertThat(POLICY.rescheduleAudit(live, false, 599).nextAuditAt()).isEqualTo(600);
        assertThat(POLICY.rescheduleAudit(live, false, 600).nextAuditAt()).isEqualTo(1_200);
        assertThat(POLICY.rescheduleAudit(live, true, 650).nextAuditAt()).isEqualTo(1_250);
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
    void quietTaskIsAuditedAtEachInterval() {
        TrackedTask tracked = POLICY.startTracking(first(TaskStatus.IN_PROGRESS), 0);
        assertThat(tracked.nextAuditAt()).isEqualTo(600);
        TrackedTask lastReported = POLICY.onEvent(tracked, next(tracked, TaskStatus.IN_PROGRESS), 400);
        assertThat(POLICY.isAuditDue(lastReported, 600)).isFalse();
        TrackedTask later = POLICY.rescheduleAudit(lastReported, false, 600);
        assertThat(later.nextAuditAt()).isEqualTo(1_000);
        assertThat(POLICY.isAuditDue(later, 1_000)).isTrue();
        assertThat(POLICY.rescheduleAudit(later, true, 1_001).nextAuditAt()).isEqualTo(1_601);
    }

    @Test
    void terminalTaskIsAuditedOnce() {
        TrackedTask tracked = POLICY.startTracking(first(TaskStatus.IN_PROGRESS), 0);
        TrackedTask ended = POLICY.onEvent(tracked, next(tracked, TaskStatus.COMPLETED), 10);
        assertThat(ended.nextAuditAt()).isEqualTo(40);
        assertThat(POLICY.isAuditDue(ended, 40)).isTrue();
        TrackedTask asked = POLICY.rescheduleAudit(ended, true, 40);
        assertThat(asked.nextAuditAt()).isEqualTo(NEVER);
        assertThat(POLICY.onEvent(asked, next(asked, TaskStatus.COMPLETED), 50).nextAuditAt())
                .isEqualTo(NEVER);
    }

    @Test
    void stuckTaskIsAuditedImmediately() {
        TrackedTask tracked = POLICY.startTracking(first(TaskStatus.SCHEDULED), 0);
        TrackedTask stuck = POLICY.onStuck(tracked, RepairProgress.markStuck(tracked.task()), 100);
        assertThat(stuck.nextAuditAt()).isEqualTo(100);
        assertThat(POLICY.isAuditDue(stuck, 100)).isTrue();
        assertThat(POLICY.reschedule(stuck, 81_000).nextCheckAt()).isEqualTo(90_000);
    }

    @Test
    void taskNotFoundIsAuditedOnceMoreAfterInterval() {
        TrackedTask live = POLICY.rescheduleAudit(POLICY.startTracking(first(TaskStatus.IN_PROGRESS), 0), true, 600);
        TrackedTask once = POLICY.onTaskNotFound(live, 605);
        assertThat(once.nextAuditAt()).as("set when the audit was sent").isEqualTo(1_200);
        assertThat(once.isConfirmedGone()).isFalse();
        assertThat(POLICY.isAuditDue(once, 1_200)).isTrue();
        assertThat(POLICY.onTaskNotFound(once, 1_205).isConfirmedGone()).isTrue();

        TrackedTask ended = POLICY.rescheduleAudit(POLICY.startTracking(first(TaskStatus.COMPLETED), 0), true, 30);
        TrackedTask askedAgain = POLICY.onTaskNotFound(ended, 35);
        assertThat(askedAgain.nextAuditAt()).isEqualTo(635);
        assertThat(POLICY.isAuditDue(askedAgain, 635)).isTrue();
    }

    @Test
    void eventResetsNotFoundCount() {
        TrackedTask once = POLICY.onTaskNotFound(POLICY.startTracking(first(TaskStatus.IN_PROGRESS), 0), 605);
        assertThat(once.notFoundCount()).isEqualTo(1);
        assertThat(POLICY.onEvent(once, next(once, TaskStatus.IN_PROGRESS), 700).notFoundCount())
                .isZero();
        assertThat(once.resetNotFound().notFoundCount()).isZero();
        TrackedTask found = once.resetNotFound();
        assertThat(found.resetNotFound()).isSameAs(found);
    }

    @Test
    void notFoundCountSurvivesTimersAndAudits() {
        TrackedTask once = POLICY.onTaskNotFound(POLICY.startTracking(first(TaskStatus.SCHEDULED), 0), 50);
        TrackedTask stuck = POLICY.onStuck(once, RepairProgress.markStuck(once.task()), 100);
        assertThat(stuck.nextAuditAt()).as("not at once").isEqualTo(600);
        TrackedTask moved = POLICY.reschedule(
                POLICY.onOutputDropped(POLICY.onOutputCaptured(POLICY.postponeRepair(stuck, 101), 102)), 102);
        assertThat(POLICY.rescheduleAudit(moved, true, 600).notFoundCount()).isEqualTo(1);
    }

    @Test
    void answerToOutdatedAuditIsRecognized() {
        TrackedTask tracked = POLICY.startTracking(first(TaskStatus.IN_PROGRESS), 0); // sequence 1
        assertThat(tracked.isLatestAudit(1, 1, 0)).isTrue();
        assertThat(tracked.isLatestAudit(2, 1, 0)).isFalse();
        assertThat(tracked.isLatestAudit(1, 2, 0)).isFalse();
        assertThat(tracked.isLatestAudit(1, 1, 1)).isFalse();
        assertThat(POLICY.onTaskNotFound(tracked, 5).isLatestAudit(1, 1, 1)).isTrue();
    }

    @Test
    void disabledAuditsAreNeverDue() {
        TrackedTask tracked = WITHOUT_AUDITS.startTracking(first(TaskStatus.SCHEDULED), 0);
        assertThat(tracked.nextAuditAt()).isEqualTo(NEVER);
        assertThat(WITHOUT_AUDITS
                        .onEvent(tracked, next(tracked, TaskStatus.COMPLETED), 1)
                        .nextAuditAt())
                .isEqualTo(NEVER);
        assertThat(WITHOUT_AUDITS.onTaskNotFound(tracked, 1).nextAuditAt()).isEqualTo(NEVER);
        assertThat(WITHOUT_AUDITS
                        .onStuck(tracked, RepairProgress.markStuck(tracked.task()), 100)
                        .nextAuditAt())
                .isEqualTo(NEVER);
    }

    @Test
    void deletedTaskIsOnlyForgotten() {
        TrackedTask diverged = diverged();
        TrackedTask deleted =
                POLICY.onEvent(diverged, StatusReducer.reduceDeletion(diverged.task(), EventSource.CDC, 99), 13);
        assertThat(deleted.repairAt()).isEqualTo(NEVER);
        assertThat(POLICY.isAuditDue(deleted, 10_000)).isFalse();
        assertThat(POLICY.dueAction(deleted, 10_013)).isEqualTo(DueAction.FORGET);
    }

    /** Diverges since 12. */
    private TrackedTask diverged() {
        sequence = 0;
        TrackedTask tracked = POLICY.startTracking(first(TaskStatus.IN_PROGRESS), 10);
        tracked = POLICY.onEvent(tracked, next(tracked, TaskStatus.COMPLETED), 11);
        return POLICY.onEvent(tracked, next(tracked, TaskStatus.IN_PROGRESS), 12);
    }

    private TrackedTask issued() {
        TrackedTask diverged = diverged();
        return commanded(diverged);
    }

    private static TrackedTask commanded(TrackedTask tracked) {
        return POLICY.onRepairIssued(tracked, RepairProgress.issueNext(tracked.task(), 100, true), 20);
    }

    /** At 100. */
    @Test
    void totalResultTimeoutCoversAllAttempts() {
        assertThat(TimeLimits.totalResultTimeout(5, 1)).isEqualTo(5);
        assertThat(TimeLimits.totalResultTimeout(5, 5)).isEqualTo(5 + 10 + 20 + 40 + 40);
    }

    private static TrackedTask answered(TrackedTask tracked, RepairState.Result result) {
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

    private TaskState first(TaskStatus status) {
        return first("HTTP", status, EpochEvidence.NONE);
    }

    private TaskState first(String type, TaskStatus status, EpochEvidence evidence) {
        return StatusReducer.reduceFirst(event(type, status, evidence)).state();
    }

    private TaskState next(TrackedTask before, TaskStatus status) {
        return StatusReducer.reduce(before.task(), event("HTTP", status, EpochEvidence.NONE))
                .state();
    }

    private StatusEvent event(String type, TaskStatus status, EpochEvidence evidence) {
        sequence++;
        TaskIdentity task = new TaskIdentity("t1", "w1", "upload", type, "upload_item");
        return new StatusEvent(task, status, 0, sequence, sequence, EventSource.CDC, evidence);
    }
}
