package dev.ratchet.watch;

import static dev.ratchet.watch.Watched.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.Care;
import dev.ratchet.task.Evidence;
import dev.ratchet.task.LifeKey;
import dev.ratchet.task.Repair;
import dev.ratchet.task.RepairAnswer;
import dev.ratchet.task.Source;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskRatchet;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scheduled 100, in progress 1,000, retention 10,000 and of live ones 90,000, settle 3, answer 50, capture 500, audits 30 after an end and after 600 of silence. */
class WatchTest {
    private static final Limits LIMITS = new Limits(100, 1_000, 10_000, 90_000, 3, 50, 500, 30, 600);
    private static final Watch WATCH = new Watch(LIMITS);
    private static final Watch WITHOUT_AUDITS =
            new Watch(new Limits(100, 1_000, 10_000, 90_000, 3, 50, 500, NEVER, NEVER));

    private long sequence;

    @Test
    void aTaskInItsQueueIsStuckAfterItsLimit() {
        Watched watched = WATCH.first(first(TaskStatus.SCHEDULED), 5);
        assertThat(watched.due()).isEqualTo(105);
        assertThat(WATCH.due(watched, 104)).isEqualTo(Due.NOTHING);
        assertThat(WATCH.due(watched, 105)).isEqualTo(Due.STUCK);
    }

    @Test
    void aHeartbeatMovesTheDeadlineButNotTheEntry() {
        Watched watched = WATCH.first(first(TaskStatus.IN_PROGRESS), 0);
        Watched later = WATCH.heard(watched, next(watched, TaskStatus.IN_PROGRESS), 900);
        assertThat(later.due()).isEqualTo(1_000);
        assertThat(WATCH.due(later, 1_000)).isEqualTo(Due.NOTHING);
        assertThat(WATCH.again(later, 1_000).due()).isEqualTo(1_900);
    }

    @Test
    void anEarlierDeadlineMovesTheEntry() {
        Watched watched = WATCH.first(first(TaskStatus.IN_PROGRESS), 0);
        Watched queued = WATCH.heard(watched, next(watched, TaskStatus.SCHEDULED), 10);
        assertThat(queued.due()).isEqualTo(110);
    }

    @Test
    void conductorsOwnTimeLimitIsTheLimitAndItHasAMinuteToActOnIt() {
        Evidence limited = new Evidence(LifeKey.UNKNOWN, 0, 0, -1, Evidence.Flag.UNKNOWN, Evidence.Flag.UNKNOWN, 20, 5);
        Watch watch = new Watch(new Limits(100, 1_000, 100_000, 900_000, 3, 50, 500, NEVER, NEVER));
        Watched watched = watch.first(first("HTTP", TaskStatus.IN_PROGRESS, limited), 0);
        assertThat(watched.due()).isEqualTo(20_000 + 60_000 + 5_000);
    }

    @Test
    void aTaskThatBeginsDoesNotMoveItsEntryThoughItsLimitIsLessThen() {
        Evidence limited = new Evidence(LifeKey.UNKNOWN, 0, 0, -1, Evidence.Flag.UNKNOWN, Evidence.Flag.UNKNOWN, 20, 0);
        Watch watch = new Watch(new Limits(900_000, 1_000, 5_000_000, 9_000_000, 3, 50, 500, NEVER, NEVER));
        Watched queued = watch.first(first("HTTP", TaskStatus.SCHEDULED, limited), 0);
        assertThat(queued.due()).isEqualTo(80_000);
        assertThat(watch.due(queued, 80_000)).isEqualTo(Due.NOTHING);
        assertThat(watch.again(queued, 80_000).due()).isEqualTo(900_000);
    }

    @Test
    void tasksThatOnlyWaitAreNeverStuckButForgottenInTheEnd() {
        for (String type : new String[] {"JOIN", "DO_WHILE", "SUB_WORKFLOW", "WAIT", "HUMAN"}) {
            Watched waiting = WATCH.first(first(type, TaskStatus.IN_PROGRESS, Evidence.NONE), 0);
            assertThat(waiting.due()).as("looked at").isEqualTo(10_000);
            assertThat(WATCH.again(waiting, 10_000).due()).isEqualTo(20_000);
            assertThat(WATCH.again(waiting, 85_000).due()).isEqualTo(90_000);
            assertThat(WATCH.due(waiting, 89_999)).isEqualTo(Due.NOTHING);
            assertThat(WATCH.due(waiting, 90_000)).isEqualTo(Due.FORGET);
        }
    }

    @Test
    void anEndedTaskIsForgotten() {
        Watched watched = WATCH.first(first(TaskStatus.SCHEDULED), 0);
        Watched ended = WATCH.heard(watched, next(watched, TaskStatus.COMPLETED), 50);
        assertThat(ended.due()).isEqualTo(10_050);
        assertThat(WATCH.due(ended, 10_049)).isEqualTo(Due.NOTHING);
        assertThat(WATCH.due(ended, 10_050)).isEqualTo(Due.FORGET);
    }

    @Test
    void whatIsHeardOfAnEndedTaskDoesNotMoveItsEntry() {
        Watched ended = WATCH.first(first(TaskStatus.COMPLETED), 0);
        Watched again = WATCH.heard(ended, next(ended, TaskStatus.COMPLETED), 700);
        assertThat(again.due()).isEqualTo(10_000);
        assertThat(WATCH.due(again, 10_000)).isEqualTo(Due.NOTHING);
        assertThat(WATCH.again(again, 0).due()).isEqualTo(10_700);
    }

    @Test
    void whatAnEndLeftBehindIsDroppedBeforeTheTaskIsForgotten() {
        Watched watched = WATCH.first(first(TaskStatus.SCHEDULED), 0);
        Watched ended = WATCH.captured(WATCH.heard(watched, next(watched, TaskStatus.COMPLETED), 50), 50);
        assertThat(ended.due()).isEqualTo(550);
        assertThat(WATCH.due(ended, 549)).isEqualTo(Due.NOTHING);
        assertThat(WATCH.due(ended, 550)).isEqualTo(Due.DROP);
        Watched dropped = WATCH.again(WATCH.dropped(ended), 550);
        assertThat(dropped.due()).isEqualTo(10_050);
        assertThat(WATCH.due(dropped, 10_050)).isEqualTo(Due.FORGET);
    }

    @Test
    void aLateReportOfAnEndDoesNotShortenHowLongItsOutputIsKept() {
        Watched captured = WATCH.captured(WATCH.first(first(TaskStatus.COMPLETED), 50), 50);
        assertThat(WATCH.captured(captured, 10).dropAt()).isEqualTo(550);
        assertThat(WATCH.captured(captured, 60).dropAt()).isEqualTo(560);
    }

    @Test
    void aDivergenceIsRepairedOnceItHasSettledHoweverOftenItIsHeard() {
        Watched diverged = diverged();
        assertThat(diverged.settleAt()).isEqualTo(15);
        Watched heartbeat = WATCH.heard(diverged, next(diverged, TaskStatus.IN_PROGRESS), 14);
        assertThat(heartbeat.settleAt()).isEqualTo(15);
        assertThat(heartbeat.due()).isEqualTo(15);
        assertThat(WATCH.due(heartbeat, 14)).isEqualTo(Due.NOTHING);
        assertThat(WATCH.due(heartbeat, 15)).isEqualTo(Due.REPAIR);
    }

    @Test
    void aDivergenceThatIsOverIsNotRepaired() {
        Watched agreed = WATCH.heard(diverged(), next(diverged(), TaskStatus.COMPLETED), 14);
        assertThat(agreed.settleAt()).isEqualTo(NEVER);
        assertThat(WATCH.due(agreed, 15)).isEqualTo(Due.NOTHING);
    }

    @Test
    void aRepairIsDueAgainOnceItsResultHasTakenTooLong() {
        Watched issued = WATCH.again(issued(), 0);
        Watched heard = WATCH.heard(issued, next(issued, TaskStatus.IN_PROGRESS), 30);
        assertThat(heard.due()).isEqualTo(70);
        assertThat(WATCH.due(heard, 69)).isEqualTo(Due.NOTHING);
        assertThat(WATCH.due(heard, 70)).isEqualTo(Due.REPAIR);
    }

    @Test
    void aRepairThatBeginsAnewWaitsForNoResultAnyMore() {
        Watched issued = WATCH.again(issued(), 0);
        Watched anew = WATCH.heard(issued, Care.toBeRepairedAnew(next(issued, TaskStatus.IN_PROGRESS)), 30);
        assertThat(anew.settleAt()).isEqualTo(33);
        assertThat(anew.due()).isEqualTo(33);
    }

    @Test
    void anEndIsAuditedSoonOrNotAtAll() {
        Watched ended = WATCH.first(first(TaskStatus.COMPLETED), 0);
        assertThat(WATCH.mayWaitForItsAudit(ended, 629)).isTrue();
        assertThat(WATCH.mayWaitForItsAudit(ended, 630)).isFalse();
        assertThat(WATCH.mayWaitForItsAudit(WATCH.first(first(TaskStatus.IN_PROGRESS), 0), 80_000))
                .isTrue();
    }

    @Test
    void theNextAuditOfALiveTaskIsNeverDueAtOnce() {
        Watched live = WATCH.first(first(TaskStatus.IN_PROGRESS), 0);
        assertThat(WATCH.auditAgain(live, false, 599).auditDue()).isEqualTo(600);
        assertThat(WATCH.auditAgain(live, false, 600).auditDue()).isEqualTo(1_200);
        assertThat(WATCH.auditAgain(live, true, 650).auditDue()).isEqualTo(1_250);
    }

    @Test
    void aResultMayTakeLongerWithEachAttemptWithinBounds() {
        Watched watched = issued();
        for (long wait : new long[] {50, 100, 200, 400, 400}) {
            assertThat(watched.settleAt()).isEqualTo(20 + wait);
            watched = commanded(watched);
        }
    }

    @Test
    void aFailedRepairIsTriedAgainLaterEachTimeWithinBounds() {
        long last = 0;
        Watched watched = issued();
        for (int attempt = 1; attempt <= 12; attempt++) {
            Watched failed = answered(watched, Repair.Result.FAILED);
            long wait = failed.settleAt() - 100;
            assertThat(wait).isBetween(Math.min(5_000L << (attempt - 1), 300_000) / 2, 300_000L);
            assertThat(wait).isGreaterThanOrEqualTo(last / 2);
            last = wait;
            watched = commanded(failed);
        }
    }

    @Test
    void whatCannotBeRepairedIsTriedAgainOnlyIfTheEndIsLostAgain() {
        Watched over = answered(issued(), Repair.Result.NOT_REPAIRABLE);
        assertThat(over.settleAt()).isEqualTo(NEVER);
        Watched heartbeat = WATCH.heard(over, next(over, TaskStatus.IN_PROGRESS), 200);
        assertThat(heartbeat.settleAt()).isEqualTo(NEVER);
        Watched agreed = WATCH.heard(over, next(over, TaskStatus.COMPLETED), 210);
        Watched lost = WATCH.heard(agreed, next(agreed, TaskStatus.IN_PROGRESS), 220);
        assertThat(lost.settleAt()).isEqualTo(223);
    }

    @Test
    void whatSomeoneWantsRetriedIsDueAtOnce() {
        Watched over = WATCH.again(answered(issued(), Repair.Result.NOT_REPAIRABLE), 0);
        Watched retried = WATCH.retried(over, Care.retried(over.task()), 300);
        assertThat(WATCH.due(retried, 300)).isEqualTo(Due.REPAIR);
        assertThat(retried.due()).isEqualTo(300);
    }

    @Test
    void aDryRunIsLookedAtAgainSinceTheModeMayBeAnotherThen() {
        assertThat(answered(issued(), Repair.Result.DRY_RUN).settleAt()).isEqualTo(100 + 600_000);
    }

    @Test
    void aRepairThatWasOverwrittenMeanwhileSettlesAnew() {
        Watched issued = issued();
        Watched overwritten = WATCH.heard(issued, next(issued, TaskStatus.IN_PROGRESS), 20);
        assertThat(answered(overwritten, Repair.Result.REPAIRED).settleAt()).isEqualTo(103);
    }

    @Test
    void aQuietTaskIsAuditedAgainAndAgain() {
        Watched watched = WATCH.first(first(TaskStatus.IN_PROGRESS), 0);
        assertThat(watched.auditDue()).isEqualTo(600);
        Watched heard = WATCH.heard(watched, next(watched, TaskStatus.IN_PROGRESS), 400);
        assertThat(WATCH.isAuditDue(heard, 600)).isFalse();
        Watched later = WATCH.auditAgain(heard, false, 600);
        assertThat(later.auditDue()).isEqualTo(1_000);
        assertThat(WATCH.isAuditDue(later, 1_000)).isTrue();
        assertThat(WATCH.auditAgain(later, true, 1_001).auditDue()).isEqualTo(1_601);
    }

    @Test
    void anEndIsAuditedOnce() {
        Watched watched = WATCH.first(first(TaskStatus.IN_PROGRESS), 0);
        Watched ended = WATCH.heard(watched, next(watched, TaskStatus.COMPLETED), 10);
        assertThat(ended.auditDue()).isEqualTo(40);
        assertThat(WATCH.isAuditDue(ended, 40)).isTrue();
        Watched asked = WATCH.auditAgain(ended, true, 40);
        assertThat(asked.auditDue()).isEqualTo(NEVER);
        assertThat(WATCH.heard(asked, next(asked, TaskStatus.COMPLETED), 50).auditDue())
                .isEqualTo(NEVER);
    }

    @Test
    void aStuckTaskIsAuditedAtOnce() {
        Watched watched = WATCH.first(first(TaskStatus.SCHEDULED), 0);
        Watched stuck = WATCH.stuck(watched, Care.stuck(watched.task()), 100);
        assertThat(stuck.auditDue()).isEqualTo(100);
        assertThat(WATCH.isAuditDue(stuck, 100)).isTrue();
        assertThat(WATCH.again(stuck, 81_000).due()).isEqualTo(90_000);
    }

    @Test
    void aTaskThatConductorDoesNotKnowIsAskedAboutOnceMoreAfterTheUsualInterval() {
        Watched live = WATCH.auditAgain(WATCH.first(first(TaskStatus.IN_PROGRESS), 0), true, 600);
        Watched once = WATCH.notFound(live, 605);
        assertThat(once.auditDue()).as("set when it was asked").isEqualTo(1_200);
        assertThat(once.isGone()).isFalse();
        assertThat(WATCH.isAuditDue(once, 1_200)).isTrue();
        assertThat(WATCH.notFound(once, 1_205).isGone()).isTrue();

        Watched ended = WATCH.auditAgain(WATCH.first(first(TaskStatus.COMPLETED), 0), true, 30);
        Watched askedAgain = WATCH.notFound(ended, 35);
        assertThat(askedAgain.auditDue()).isEqualTo(635);
        assertThat(WATCH.isAuditDue(askedAgain, 635)).isTrue();
    }

    @Test
    void anyRecordOfTheTaskStartsTheCountOver() {
        Watched once = WATCH.notFound(WATCH.first(first(TaskStatus.IN_PROGRESS), 0), 605);
        assertThat(once.notFound()).isEqualTo(1);
        assertThat(WATCH.heard(once, next(once, TaskStatus.IN_PROGRESS), 700).notFound())
                .isZero();
        assertThat(once.found().notFound()).isZero();
        Watched found = once.found();
        assertThat(found.found()).isSameAs(found);
    }

    @Test
    void theCountOutlivesAllThatIsNoRecordOfTheTask() {
        Watched once = WATCH.notFound(WATCH.first(first(TaskStatus.SCHEDULED), 0), 50);
        Watched stuck = WATCH.stuck(once, Care.stuck(once.task()), 100);
        assertThat(stuck.auditDue()).as("not at once").isEqualTo(600);
        Watched moved = WATCH.again(WATCH.dropped(WATCH.captured(WATCH.postponed(stuck, 101), 102)), 102);
        assertThat(WATCH.auditAgain(moved, true, 600).notFound()).isEqualTo(1);
    }

    @Test
    void anAnswerToAnotherQuestionIsRecognized() {
        Watched watched = WATCH.first(first(TaskStatus.IN_PROGRESS), 0); // sequence 1
        assertThat(watched.isAskedAbout(1, 1, 0)).isTrue();
        assertThat(watched.isAskedAbout(2, 1, 0)).isFalse();
        assertThat(watched.isAskedAbout(1, 2, 0)).isFalse();
        assertThat(watched.isAskedAbout(1, 1, 1)).isFalse();
        assertThat(WATCH.notFound(watched, 5).isAskedAbout(1, 1, 1)).isTrue();
    }

    @Test
    void withoutAuditsNoneIsEverDue() {
        Watched watched = WITHOUT_AUDITS.first(first(TaskStatus.SCHEDULED), 0);
        assertThat(watched.auditDue()).isEqualTo(NEVER);
        assertThat(WITHOUT_AUDITS
                        .heard(watched, next(watched, TaskStatus.COMPLETED), 1)
                        .auditDue())
                .isEqualTo(NEVER);
        assertThat(WITHOUT_AUDITS.notFound(watched, 1).auditDue()).isEqualTo(NEVER);
        assertThat(WITHOUT_AUDITS
                        .stuck(watched, Care.stuck(watched.task()), 100)
                        .auditDue())
                .isEqualTo(NEVER);
    }

    @Test
    void aDeletedTaskIsForgottenAndNeitherStuckNorRepairedNorAudited() {
        Watched diverged = diverged();
        Watched deleted = WATCH.heard(diverged, TaskRatchet.deleted(diverged.task(), Source.CDC, 99), 13);
        assertThat(deleted.settleAt()).isEqualTo(NEVER);
        assertThat(WATCH.isAuditDue(deleted, 10_000)).isFalse();
        assertThat(WATCH.due(deleted, 10_013)).isEqualTo(Due.FORGET);
    }

    /** Diverges since 12. */
    private Watched diverged() {
        sequence = 0;
        Watched watched = WATCH.first(first(TaskStatus.IN_PROGRESS), 10);
        watched = WATCH.heard(watched, next(watched, TaskStatus.COMPLETED), 11);
        return WATCH.heard(watched, next(watched, TaskStatus.IN_PROGRESS), 12);
    }

    private Watched issued() {
        Watched diverged = diverged();
        return commanded(diverged);
    }

    private static Watched commanded(Watched watched) {
        return WATCH.commanded(watched, Care.repairDue(watched.task(), 100, true), 20);
    }

    /** At 100. */
    @Test
    void theResultsOfARepairAreWaitedForUntilTheLastOfItsAttempts() {
        assertThat(Limits.patience(5, 1)).isEqualTo(5);
        assertThat(Limits.patience(5, 5)).isEqualTo(5 + 10 + 20 + 40 + 40);
    }

    private static Watched answered(Watched watched, Repair.Result result) {
        Repair repair = watched.task().ledger().repair();
        RepairAnswer answer = new RepairAnswer(
                "t1", 1, repair.heardSequence(), repair.attempt(), result, Optional.of(TaskStatus.IN_PROGRESS), "");
        return WATCH.answered(watched, Care.answered(watched.task(), answer, 100), 100);
    }

    private TaskState first(TaskStatus status) {
        return first("HTTP", status, Evidence.NONE);
    }

    private TaskState first(String type, TaskStatus status, Evidence evidence) {
        return TaskRatchet.first(event(type, status, evidence)).state();
    }

    private TaskState next(Watched before, TaskStatus status) {
        return TaskRatchet.next(before.task(), event("HTTP", status, Evidence.NONE))
                .state();
    }

    private StatusEvent event(String type, TaskStatus status, Evidence evidence) {
        sequence++;
        TaskIdentity task = new TaskIdentity("t1", "w1", "upload", type, "upload_item");
        return new StatusEvent(task, status, 0, sequence, sequence, Source.CDC, evidence);
    }
}
