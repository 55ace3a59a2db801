package dev.ratchet.watch;

import static dev.ratchet.watch.Watched.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.Care;
import dev.ratchet.task.Evidence;
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

/** Tasks of which nothing is heard, under limits that are changed. */
class ChangedLimitsTest {
    private static final Limits LONG = new Limits(1_000, 10_000, 100_000, 900_000, 300, 2_000, 5_000, NEVER, NEVER);
    private static final Watch BEFORE = new Watch(LONG);
    private static final Limits SHORT = new Limits(100, 1_000, 10_000, 90_000, 30, 200, 500, NEVER, NEVER);
    private static final Limits AUDITED = new Limits(1_000, 10_000, 100_000, 900_000, 300, 2_000, 5_000, 50, 600);

    private long sequence;

    @Test
    void theSameLimitsChangeNothing() {
        for (TaskStatus status : TaskStatus.values()) {
            Watched watched = BEFORE.captured(BEFORE.first(first(status), 10), 10);
            assertThat(new ChangedLimits(LONG).apply(watched, 20)).isSameAs(watched);
        }
        Watched diverged = diverged(10);
        assertThat(new ChangedLimits(LONG).apply(diverged, 20)).isSameAs(diverged);
    }

    @Test
    void aShorterLimitIsInForceAtOnceAndCountsFromWhatWasLastHeard() {
        ChangedLimits changed = new ChangedLimits(SHORT);
        assertThat(changed.apply(BEFORE.first(first(TaskStatus.SCHEDULED), 10), 500)
                        .due())
                .isEqualTo(110);
        assertThat(changed.apply(BEFORE.first(first(TaskStatus.IN_PROGRESS), 10), 500)
                        .due())
                .isEqualTo(1_010);
        assertThat(changed.apply(BEFORE.first(first(TaskStatus.COMPLETED), 10), 500)
                        .due())
                .isEqualTo(10_010);
    }

    @Test
    void aLongerLimitIsForTheTimerToFindOut() {
        Watched watched = new Watch(SHORT).first(first(TaskStatus.SCHEDULED), 10);
        assertThat(new ChangedLimits(LONG).apply(watched, 20)).isSameAs(watched);
    }

    @Test
    void whatIsToSettleOrToBeDroppedIsSoAfterTheShorterLimitFromNow() {
        Watched diverged = BEFORE.captured(diverged(10), 10);
        Watched changed = new ChangedLimits(SHORT).apply(diverged, 200);
        assertThat(changed.settleAt()).isEqualTo(230);
        assertThat(changed.dropAt()).isEqualTo(700);
        assertThat(changed.due()).isEqualTo(230);
        assertThat(new ChangedLimits(SHORT).apply(diverged, 300).settleAt()).isEqualTo(310);
    }

    @Test
    void aResultThatIsWaitedForMayTakeNoLongerThanTheShorterLimit() {
        Watched issued = issued();
        assertThat(issued.settleAt()).isEqualTo(2_020);
        assertThat(new ChangedLimits(SHORT).apply(issued, 200).settleAt()).isEqualTo(400);
    }

    @Test
    void aRepairThatAnEarlierVersionIssuedHasATimeLimitToo() {
        assertThat(new ChangedLimits(SHORT)
                        .apply(issued().settlingAt(NEVER), 200)
                        .settleAt())
                .isEqualTo(400);
    }

    @Test
    void aRepairThatFailedKeepsItsPause() {
        Watched issued = issued();
        RepairAnswer failed =
                new RepairAnswer("t1", 1, 2, 1, Repair.Result.FAILED, Optional.of(TaskStatus.IN_PROGRESS), "");
        Watched answered = BEFORE.answered(issued, Care.answered(issued.task(), failed, 5), 100);
        assertThat(answered.settleAt()).isGreaterThan(2_000);
        assertThat(new ChangedLimits(SHORT).apply(answered, 200).settleAt()).isEqualTo(answered.settleAt());
    }

    @Test
    void auditsThatAreSwitchedOnReachLiveTasksAndThoseThatHaveJustEnded() {
        ChangedLimits changed = new ChangedLimits(AUDITED);
        assertThat(changed.apply(BEFORE.first(first(TaskStatus.IN_PROGRESS), 10), 5_000)
                        .auditDue())
                .isEqualTo(610);
        assertThat(changed.apply(BEFORE.first(first(TaskStatus.COMPLETED), 10), 40)
                        .auditDue())
                .isEqualTo(60);
        assertThat(changed.apply(BEFORE.first(first(TaskStatus.COMPLETED), 10), 60)
                        .auditDue())
                .isEqualTo(NEVER);
    }

    @Test
    void aShorterAuditIntervalCountsFromNowAsTheLastAuditIsNotKnown() {
        Watched watched = new Watch(AUDITED).first(first(TaskStatus.IN_PROGRESS), 10);
        Limits shorter = new Limits(1_000, 10_000, 100_000, 900_000, 300, 2_000, 5_000, 50, 60);
        assertThat(new ChangedLimits(shorter).apply(watched, 200).auditDue()).isEqualTo(260);
    }

    @Test
    void auditsThatAreSwitchedOffLeaveTheirTimersToFindOut() {
        Watched watched = new Watch(AUDITED).first(first(TaskStatus.IN_PROGRESS), 10);
        assertThat(new ChangedLimits(LONG).apply(watched, 200)).isSameAs(watched);
    }

    @Test
    void aTaskThatIsDeletedIsNotAudited() {
        Watched watched = BEFORE.first(first(TaskStatus.IN_PROGRESS), 10);
        Watched deleted = BEFORE.heard(watched, TaskRatchet.deleted(watched.task(), Source.CDC, 9), 20);
        assertThat(new ChangedLimits(AUDITED).apply(deleted, 30).auditDue()).isEqualTo(NEVER);
    }

    private Watched issued() {
        Watched diverged = diverged(10);
        return BEFORE.commanded(diverged, Care.repairDue(diverged.task(), 5, true), 20);
    }

    private Watched diverged(long at) {
        Watched ended = BEFORE.first(first(TaskStatus.COMPLETED), at);
        Watched diverged = BEFORE.heard(
                ended,
                TaskRatchet.next(ended.task(), event(TaskStatus.IN_PROGRESS)).state(),
                at);
        assertThat(diverged.settleAt()).isEqualTo(at + 300);
        return diverged;
    }

    private TaskState first(TaskStatus status) {
        return TaskRatchet.first(event(status)).state();
    }

    private StatusEvent event(TaskStatus status) {
        TaskIdentity task = new TaskIdentity("t1", "w1", "upload", "HTTP", "upload_item");
        sequence++;
        return new StatusEvent(task, status, 0, sequence, sequence, Source.NATIVE, Evidence.NONE);
    }
}
