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
    private static final DeadlinePolicy WATCH = new DeadlinePolicy(LIMITS);
    private static final DeadlinePolicy WITHOUT_AUDITS =
            new DeadlinePolicy(new TimeLimits(100, 1_000, 10_000, 90_000, 3, 50, 500, NEVER, NEVER));

    private long sequence;

    @Test
    void aTaskInItsQueueIsStuckAfterItsLimit() {
        TrackedTask tracked = WATCH.first(first(TaskStatus.SCHEDULED), 5);
        assertThat(tracked.due()).isEqualTo(105);
        assertThat(WATCH.due(tracked, 104)).isEqualTo(DueAction.NOTHING);
        assertThat(WATCH.due(tracked, 105)).isEqualTo(DueAction.STUCK);
    }

    @Test
    void aHeartbeatMovesTheDeadlineButNotTheEntry() {
        TrackedTask tracked = WATCH.first(first(TaskStatus.IN_PROGRESS), 0);
        TrackedTask later = WATCH.onEvent(tracked, next(tracked, TaskStatus.IN_PROGRESS), 900);
        assertThat(later.due()).isEqualTo(1_000);
        assertThat(WATCH.due(later, 1_000)).isEqualTo(DueAction.NOTHING);
        assertThat(WATCH.again(later, 1_000).due()).isEqualTo(1_900);
    }

    @Test
    void anEarlierDeadlineMovesTheEntry() {
        TrackedTask tracked = WATCH.first(first(TaskStatus.IN_PROGRESS), 0);
        TrackedTask queued = WATCH.onEvent(tracked, next(tracked, TaskStatus.SCHEDULED), 10);
        assertThat(queued.due()).isEqualTo(110);
    }

    @Test
    void conductorsOwnTimeLimitIsTheLimitAndItHasAMinuteToActOnIt() {
        EpochEvidence limited = new EpochEvidence(
                EpochKey.UNKNOWN, 0, 0, -1, EpochEvidence.Flag.UNKNOWN, EpochEvidence.Flag.UNKNOWN, 20, 5);
        DeadlinePolicy watch =
                new DeadlinePolicy(new TimeLimits(100, 1_000, 100_000, 900_000, 3, 50, 500, NEVER, NEVER));
        TrackedTask tracked = watch.first(first("HTTP", TaskStatus.IN_PROGRESS, limited), 0);
        assertThat(tracked.due()).isEqualTo(20_000 + 60_000 + 5_000);
    }

    @Test
    void aTaskThatBeginsDoesNotMoveItsEntryThoughItsLimitIsLessThen() {
        EpochEvidence limited = new EpochEvidence(
                EpochKey.UNKNOWN, 0, 0, -1, EpochEvidence.Flag.UNKNOWN, EpochEvidence.Flag.UNKNOWN, 20, 0);
        DeadlinePolicy watch =
                new DeadlinePolicy(new TimeLimits(900_000, 1_000, 5_000_000, 9_000_000, 3, 50, 500, NEVER, NEVER));
        TrackedTask queued = watch.first(first("HTTP", TaskStatus.SCHEDULED, limited), 0);
        assertThat(queued.due()).isEqualTo(80_000);
        assertThat(watch.due(queued, 80_000)).isEqualTo(DueAction.NOTHING);
        assertThat(watch.again(queued, 80_000).due()).isEqualTo(900_000);
    }

    @Test
    void tasksThatOnlyWaitAreNeverStuckButForgottenInTheEnd() {
        for (String type : new String[] {"JOIN", "DO_WHILE", "SUB_WORKFLOW", "WAIT", "HUMAN"}) {
            TrackedTask waiting = WATCH.first(first(type, TaskStatus.IN_PROGRESS, EpochEvidence.NONE), 0);
            assertThat(waiting.due()).as("looked at").isEqualTo(10_000);
            assertThat(WATCH.again(waiting, 10_000).due()).isEqualTo(20_000);
            assertThat(WATCH.again(waiting, 85_000).due()).isEqualTo(90_000);
            assertThat(WATCH.due(waiting, 89_999)).isEqualTo(DueAction.NOTHING);
            assertThat(WATCH.due(waiting, 90_000)).isEqualTo(DueAction.FORGET);
        }
    }

    @Test
    void anEndedTaskIsForgotten() {
        TrackedTask tracked = WATCH.first(first(TaskStatus.SCHEDULED), 0);
        TrackedTask ended = WATCH.onEvent(tracked, next(tracked, TaskStatus.COMPLETED), 50);
        assertThat(ended.due()).isEqualTo(10_050);
        assertThat(WATCH.due(ended, 10_049)).isEqualTo(DueAction.NOTHING);
        assertThat(WATCH.due(ended, 10_050)).isEqualTo(DueAction.FORGET);
    }

    @Test
    void whatIsHeardOfAnEndedTaskDoesNotMoveItsEntry() {
        TrackedTask ended = WATCH.first(first(TaskStatus.COMPLETED), 0);
        TrackedTask again = WATCH.onEvent(ended, next(ended, TaskStatus.COMPLETED), 700);
        assertThat(again.due()).isEqualTo(10_000);
        assertThat(WATCH.due(again, 10_000)).isEqualTo(DueAction.NOTHING);
        assertThat(WATCH.again(again, 0).due()).isEqualTo(10_700);
    }

    @Test
    void whatAnEndLeftBehindIsDroppedBeforeTheTaskIsForgotten() {
        TrackedTask tracked = WATCH.first(first(TaskStatus.SCHEDULED), 0);
        TrackedTask ended = WATCH.captured(WATCH.onEvent(tracked, next(tracked, TaskStatus.COMPLETED), 50), 50);
        assertThat(ended.due()).isEqualTo(550);
        assertThat(WATCH.due(ended, 549)).isEqualTo(DueAction.NOTHING);
        assertThat(WATCH.due(ended, 550)).isEqualTo(DueAction.DROP);
        TrackedTask dropped = WATCH.again(WATCH.dropped(ended), 550);
        assertThat(dropped.due()).isEqualTo(10_050);
        assertThat(WATCH.due(dropped, 10_050)).isEqualTo(DueAction.FORGET);
    }

    @Test
    void aLateReportOfAnEndDoesNotShortenHowLongItsOutputIsKept() {
        TrackedTask captured = WATCH.captured(WATCH.first(first(TaskStatus.COMPLETED), 50), 50);
        assertThat(WATCH.captured(captured, 10).dropAt()).isEqualTo(550);
        assertThat(WATCH.captured(captured, 60).dropAt()).isEqualTo(560);
    }

    @Test
    void aDivergenceIsRepairedOnceItHasSettledHoweverOftenItIsHeard() {
        TrackedTask diverged = diverged();
        assertThat(diverged.settleAt()).isEqualTo(15);
        TrackedTask heartbeat = WATCH.onEvent(diverged, next(diverged, TaskStatus.IN_PROGRESS), 14);
        assertThat(heartbeat.settleAt()).isEqualTo(15);
        assertThat(heartbeat.due()).isEqualTo(15);
        assertThat(WATCH.due(heartbeat, 14)).isEqualTo(DueAction.NOTHING);
        assertThat(WATCH.due(heartbeat, 15)).isEqualTo(DueAction.REPAIR);
    }

    @Test
    void aDivergenceThatIsOverIsNotRepaired() {
        TrackedTask agreed = WATCH.onEvent(diverged(), next(diverged(), TaskStatus.COMPLETED), 14);
        assertThat(agreed.settleAt()).isEqualTo(NEVER);
        assertThat(WATCH.due(agreed, 15)).isEqualTo(DueAction.NOTHING);
    }

    @Test
    void aRepairIsDueAgainOnceItsResultHasTakenTooLong() {
        TrackedTask issued = WATCH.again(issued(), 0);
        TrackedTask lastReported = WATCH.onEvent(issued, next(issued, TaskStatus.IN_PROGRESS), 30);
        assertThat(lastReported.due()).isEqualTo(70);
        assertThat(WATCH.due(lastReported, 69)).isEqualTo(DueAction.NOTHING);
        assertThat(WATCH.due(lastReported, 70)).isEqualTo(DueAction.REPAIR);
    }

    @Test
    void aRepairThatBeginsAnewWaitsForNoResultAnyMore() {
        TrackedTask issued = WATCH.again(issued(), 0);
        TrackedTask anew =
                WATCH.onEvent(issued, RepairProgress.toBeRepairedAnew(next(issued, TaskStatus.IN_PROGRESS)), 30);
        assertThat(anew.settleAt()).isEqualTo(33);
        assertThat(anew.due()).isEqualTo(33);
    }

    @Test
    void anEndIsAuditedSoonOrNotAtAll() {
        TrackedTask ended = WATCH.first(first(TaskStatus.COMPLETED), 0);
        assertThat(WATCH.mayWaitForItsAudit(ended, 629)).isTrue();
        assertThat(WATCH.mayWaitForItsAudit(ended, 630)).isFalse();
        assertThat(WATCH.mayWaitForItsAudit(WATCH.first(first(TaskStatus.IN_PROGRESS), 0), 80_000))
                .isTrue();
    }

    @Test
    void theNextAuditOfALiveTaskIsNeverDueAtOnce() {
        TrackedTask live = WATCH.first(first(TaskStatus.IN_PROGRESS), 0);
        assertThat(WATCH.auditAgain(live, false, 599).auditDue()).isEqualTo(600);
        assertThat(WATCH.auditAgain(live, false, 600).auditDue()).isEqualTo(1_200);
        assertThat(WATCH.auditAgain(live, true, 650).auditDue()).isEqualTo(1_250);
    }

    @Test
    void aResultMayTakeLongerWithEachAttemptWithinBounds() {
        TrackedTask tracked = issued();
        for (long wait : new long[] {50, 100, 200, 400, 400}) {
            assertThat(tracked.settleAt()).isEqualTo(20 + wait);
            tracked = commanded(tracked);
        }
    }

    @Test
    void aFailedRepairIsTriedAgainLaterEachTimeWithinBounds() {
        long last = 0;
        TrackedTask tracked = issued();
        for (int attempt = 1; attempt <= 12; attempt++) {
            TrackedTask failed = answered(tracked, RepairState.Result.FAILED);
            long wait = failed.settleAt() - 100;
            assertThat(wait).isBetween(Math.min(5_000L << (attempt - 1), 300_000) / 2, 300_000L);
            assertThat(wait).isGreaterThanOrEqualTo(last / 2);
            last = wait;
            tracked = commanded(failed);
        }
    }

    @Test
    void whatCannotBeRepairedIsTriedAgainOnlyIfTheEndIsLostAgain() {
        TrackedTask over = answered(issued(), RepairState.Result.NOT_REPAIRABLE);
        assertThat(over.settleAt()).isEqualTo(NEVER);
        TrackedTask heartbeat = WATCH.onEvent(over, next(over, TaskStatus.IN_PROGRESS), 200);
        assertThat(heartbeat.settleAt()).isEqualTo(NEVER);
        TrackedTask agreed = WATCH.onEvent(over, next(over, TaskStatus.COMPLETED), 210);
        TrackedTask lost = WATCH.onEvent(agreed, next(agreed, TaskStatus.IN_PROGRESS), 220);
        assertThat(lost.settleAt()).isEqualTo(223);
    }

    @Test
    void whatSomeoneWantsRetriedIsDueAtOnce() {
        TrackedTask over = WATCH.again(answered(issued(), RepairState.Result.NOT_REPAIRABLE), 0);
        TrackedTask retried = WATCH.retried(over, RepairProgress.retried(over.task()), 300);
        assertThat(WATCH.due(retried, 300)).isEqualTo(DueAction.REPAIR);
        assertThat(retried.due()).isEqualTo(300);
    }

    @Test
    void aDryRunIsLookedAtAgainSinceTheModeMayBeAnotherThen() {
        assertThat(answered(issued(), RepairState.Result.DRY_RUN).settleAt()).isEqualTo(100 + 600_000);
    }

    @Test
    void aRepairThatWasOverwrittenMeanwhileSettlesAnew() {
        TrackedTask issued = issued();
        TrackedTask overwritten = WATCH.onEvent(issued, next(issued, TaskStatus.IN_PROGRESS), 20);
        assertThat(answered(overwritten, RepairState.Result.REPAIRED).settleAt())
                .isEqualTo(103);
    }

    @Test
    void aQuietTaskIsAuditedAgainAndAgain() {
        TrackedTask tracked = WATCH.first(first(TaskStatus.IN_PROGRESS), 0);
        assertThat(tracked.auditDue()).isEqualTo(600);
        TrackedTask lastReported = WATCH.onEvent(tracked, next(tracked, TaskStatus.IN_PROGRESS), 400);
        assertThat(WATCH.isAuditDue(lastReported, 600)).isFalse();
        TrackedTask later = WATCH.auditAgain(lastReported, false, 600);
        assertThat(later.auditDue()).isEqualTo(1_000);
        assertThat(WATCH.isAuditDue(later, 1_000)).isTrue();
        assertThat(WATCH.auditAgain(later, true, 1_001).auditDue()).isEqualTo(1_601);
    }

    @Test
    void anEndIsAuditedOnce() {
        TrackedTask tracked = WATCH.first(first(TaskStatus.IN_PROGRESS), 0);
        TrackedTask ended = WATCH.onEvent(tracked, next(tracked, TaskStatus.COMPLETED), 10);
        assertThat(ended.auditDue()).isEqualTo(40);
        assertThat(WATCH.isAuditDue(ended, 40)).isTrue();
        TrackedTask asked = WATCH.auditAgain(ended, true, 40);
        assertThat(asked.auditDue()).isEqualTo(NEVER);
        assertThat(WATCH.onEvent(asked, next(asked, TaskStatus.COMPLETED), 50).auditDue())
                .isEqualTo(NEVER);
    }

    @Test
    void aStuckTaskIsAuditedAtOnce() {
        TrackedTask tracked = WATCH.first(first(TaskStatus.SCHEDULED), 0);
        TrackedTask stuck = WATCH.stuck(tracked, RepairProgress.stuck(tracked.task()), 100);
        assertThat(stuck.auditDue()).isEqualTo(100);
        assertThat(WATCH.isAuditDue(stuck, 100)).isTrue();
        assertThat(WATCH.again(stuck, 81_000).due()).isEqualTo(90_000);
    }

    @Test
    void aTaskThatConductorDoesNotKnowIsAskedAboutOnceMoreAfterTheUsualInterval() {
        TrackedTask live = WATCH.auditAgain(WATCH.first(first(TaskStatus.IN_PROGRESS), 0), true, 600);
        TrackedTask once = WATCH.notFound(live, 605);
        assertThat(once.auditDue()).as("set when it was asked").isEqualTo(1_200);
        assertThat(once.isGone()).isFalse();
        assertThat(WATCH.isAuditDue(once, 1_200)).isTrue();
        assertThat(WATCH.notFound(once, 1_205).isGone()).isTrue();

        TrackedTask ended = WATCH.auditAgain(WATCH.first(first(TaskStatus.COMPLETED), 0), true, 30);
        TrackedTask askedAgain = WATCH.notFound(ended, 35);
        assertThat(askedAgain.auditDue()).isEqualTo(635);
        assertThat(WATCH.isAuditDue(askedAgain, 635)).isTrue();
    }

    @Test
    void anyRecordOfTheTaskStartsTheCountOver() {
        TrackedTask once = WATCH.notFound(WATCH.first(first(TaskStatus.IN_PROGRESS), 0), 605);
        assertThat(once.notFound()).isEqualTo(1);
        assertThat(WATCH.onEvent(once, next(once, TaskStatus.IN_PROGRESS), 700).notFound())
                .isZero();
        assertThat(once.found().notFound()).isZero();
        TrackedTask found = once.found();
        assertThat(found.found()).isSameAs(found);
    }

    @Test
    void theCountOutlivesAllThatIsNoRecordOfTheTask() {
        TrackedTask once = WATCH.notFound(WATCH.first(first(TaskStatus.SCHEDULED), 0), 50);
        TrackedTask stuck = WATCH.stuck(once, RepairProgress.stuck(once.task()), 100);
        assertThat(stuck.auditDue()).as("not at once").isEqualTo(600);
        TrackedTask moved = WATCH.again(WATCH.dropped(WATCH.captured(WATCH.postponed(stuck, 101), 102)), 102);
        assertThat(WATCH.auditAgain(moved, true, 600).notFound()).isEqualTo(1);
    }

    @Test
    void anAnswerToAnotherQuestionIsRecognized() {
        TrackedTask tracked = WATCH.first(first(TaskStatus.IN_PROGRESS), 0); // sequence 1
        assertThat(tracked.isAskedAbout(1, 1, 0)).isTrue();
        assertThat(tracked.isAskedAbout(2, 1, 0)).isFalse();
        assertThat(tracked.isAskedAbout(1, 2, 0)).isFalse();
        assertThat(tracked.isAskedAbout(1, 1, 1)).isFalse();
        assertThat(WATCH.notFound(tracked, 5).isAskedAbout(1, 1, 1)).isTrue();
    }

    @Test
    void withoutAuditsNoneIsEverDue() {
        TrackedTask tracked = WITHOUT_AUDITS.first(first(TaskStatus.SCHEDULED), 0);
        assertThat(tracked.auditDue()).isEqualTo(NEVER);
        assertThat(WITHOUT_AUDITS
                        .onEvent(tracked, next(tracked, TaskStatus.COMPLETED), 1)
                        .auditDue())
                .isEqualTo(NEVER);
        assertThat(WITHOUT_AUDITS.notFound(tracked, 1).auditDue()).isEqualTo(NEVER);
        assertThat(WITHOUT_AUDITS
                        .stuck(tracked, RepairProgress.stuck(tracked.task()), 100)
                        .auditDue())
                .isEqualTo(NEVER);
    }

    @Test
    void aDeletedTaskIsForgottenAndNeitherStuckNorRepairedNorAudited() {
        TrackedTask diverged = diverged();
        TrackedTask deleted = WATCH.onEvent(diverged, StatusReducer.deleted(diverged.task(), EventSource.CDC, 99), 13);
        assertThat(deleted.settleAt()).isEqualTo(NEVER);
        assertThat(WATCH.isAuditDue(deleted, 10_000)).isFalse();
        assertThat(WATCH.due(deleted, 10_013)).isEqualTo(DueAction.FORGET);
    }

    /** Diverges since 12. */
    private TrackedTask diverged() {
        sequence = 0;
        TrackedTask tracked = WATCH.first(first(TaskStatus.IN_PROGRESS), 10);
        tracked = WATCH.onEvent(tracked, next(tracked, TaskStatus.COMPLETED), 11);
        return WATCH.onEvent(tracked, next(tracked, TaskStatus.IN_PROGRESS), 12);
    }

    private TrackedTask issued() {
        TrackedTask diverged = diverged();
        return commanded(diverged);
    }

    private static TrackedTask commanded(TrackedTask tracked) {
        return WATCH.commanded(tracked, RepairProgress.repairDue(tracked.task(), 100, true), 20);
    }

    /** At 100. */
    @Test
    void theResultsOfARepairAreWaitedForUntilTheLastOfItsAttempts() {
        assertThat(TimeLimits.patience(5, 1)).isEqualTo(5);
        assertThat(TimeLimits.patience(5, 5)).isEqualTo(5 + 10 + 20 + 40 + 40);
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
        return WATCH.answered(tracked, RepairProgress.answered(tracked.task(), answer, 100), 100);
    }

    private TaskState first(TaskStatus status) {
        return first("HTTP", status, EpochEvidence.NONE);
    }

    private TaskState first(String type, TaskStatus status, EpochEvidence evidence) {
        return StatusReducer.first(event(type, status, evidence)).state();
    }

    private TaskState next(TrackedTask before, TaskStatus status) {
        return StatusReducer.next(before.task(), event("HTTP", status, EpochEvidence.NONE))
                .state();
    }

    private StatusEvent event(String type, TaskStatus status, EpochEvidence evidence) {
        sequence++;
        TaskIdentity task = new TaskIdentity("t1", "w1", "upload", type, "upload_item");
        return new StatusEvent(task, status, 0, sequence, sequence, EventSource.CDC, evidence);
    }
}
