package dev.ratchet.task.deadline;

import static dev.ratchet.task.deadline.TrackedTask.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskStatus;
import org.junit.jupiter.api.Test;

/** When a task is stuck, its output dropped, and the task forgotten. */
class DeadlinePolicyTest extends DeadlinePolicyFixture {
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
    void deletedTaskIsOnlyForgotten() {
        TrackedTask diverged = diverged();
        TrackedTask deleted =
                POLICY.onEvent(diverged, StatusReducer.reduceDeletion(diverged.task(), EventSource.CDC, 99), 13);
        assertThat(deleted.repairAt()).isEqualTo(NEVER);
        assertThat(POLICY.isAuditDue(deleted, 10_000)).isFalse();
        assertThat(POLICY.dueAction(deleted, 10_013)).isEqualTo(DueAction.FORGET);
    }
}
