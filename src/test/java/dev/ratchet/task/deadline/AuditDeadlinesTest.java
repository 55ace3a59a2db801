package dev.ratchet.task.deadline;

import static dev.ratchet.task.deadline.TrackedTask.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.RepairProgress;
import dev.ratchet.task.TaskStatus;
import org.junit.jupiter.api.Test;

/** When a task is audited, and how often Conductor may not know it. */
class AuditDeadlinesTest extends DeadlinePolicyFixture {
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
}
