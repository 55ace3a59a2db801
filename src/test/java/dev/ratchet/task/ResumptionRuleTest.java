package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.STALE_EPOCH;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.Told.that;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An old life's copy overwrites the new life, and Conductor goes on from there: or it does not. */
class ResumptionRuleTest {
    /** A first life that failed at 120, polled once, and a second one, scheduled anew at 200 and polled at 210. */
    private static Story scheduledAnew() {
        return story().given(that(IN_PROGRESS, 1).keyed(100, 0).ran(110, 0, 1).executed(false))
                .given(that(CANCELED, 2).keyed(100, 0).ran(110, 120, 1).executed(false))
                .given(that(SCHEDULED, 3).keyed(200, 1).ran(0, 0, 0).executed(false))
                .given(that(IN_PROGRESS, 4).keyed(200, 1).ran(210, 0, 1).executed(false))
                .inEpoch(2, EpochDecision.KEY);
    }

    private static Told old(TaskStatus status, long sequence, long endTime, int pollCount) {
        return that(status, sequence).keyed(100, 0).ran(110, endTime, pollCount).executed(false);
    }

    @Test
    void aStaleCopyAloneShowsNothingHoweverMuchItDiffers() {
        scheduledAnew().when(old(IN_PROGRESS, 5, 0, 1)).thenRefuses(STALE_EPOCH);
        scheduledAnew().when(old(IN_PROGRESS, 5, 0, 2)).thenRefuses(STALE_EPOCH);
        scheduledAnew().when(old(COMPLETED, 5, 230, 1)).thenRefuses(STALE_EPOCH);
        scheduledAnew().when(old(SCHEDULED, 5, 120, 1)).thenRefuses(STALE_EPOCH);
    }

    @Test
    void aPollOfTheStaleCopyIsANewLifeByTheOldKey() {
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(IN_PROGRESS, 6, 0, 2))
                .inEpoch(3, EpochDecision.RESUMED)
                .inAgreement()
                .when(that(COMPLETED, 7).keyed(200, 1).ran(210, 230, 1))
                .thenRefuses(STALE_EPOCH)
                .when(old(COMPLETED, 8, 240, 2))
                .thenPublishes(IN_PROGRESS, COMPLETED, 6);
    }

    @Test
    void aCopyOfTheStaleCopyShowsNothing() {
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(IN_PROGRESS, 6, 0, 1))
                .thenRefuses(STALE_EPOCH)
                .when(old(SCHEDULED, 7, 0, 1))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void aPollThatWasHeardBeforeShowsNothing() {
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 2))
                .given(old(SCHEDULED, 6, 0, 1))
                .when(old(IN_PROGRESS, 7, 0, 2))
                .thenRefuses(STALE_EPOCH)
                .when(old(IN_PROGRESS, 8, 0, 3))
                .inEpoch(3, EpochDecision.RESUMED);
    }

    @Test
    void anEndOfTheStaleCopyIsANewLifeIfItCameAfterTheOneThatStandsHadBegun() {
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(COMPLETED, 6, 230, 1))
                .thenPublishes(IN_PROGRESS, COMPLETED, 5)
                .inEpoch(3, EpochDecision.RESUMED);
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(COMPLETED, 6, 200, 1))
                .thenRefuses(STALE_EPOCH);
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(CANCELED, 6, 120, 1))
                .thenRefuses(STALE_EPOCH);
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(COMPLETED, 6, 230, 1).executed(true))
                .thenRefuses(STALE_EPOCH);
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(that(COMPLETED, 6).keyed(100, 0).ran(105, 230, 1).executed(false))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void goingOnFromAnEndThatCameLateIsANewLife() {
        scheduledAnew()
                .given(old(COMPLETED, 5, 230, 1))
                .when(old(COMPLETED, 6, 230, 1).executed(true))
                .inEpoch(3, EpochDecision.RESUMED);
        scheduledAnew()
                .given(old(CANCELED, 5, 120, 1))
                .when(old(CANCELED, 6, 120, 1).executed(true))
                .thenRefuses(STALE_EPOCH);
        scheduledAnew()
                .given(old(COMPLETED, 5, 230, 1))
                .when(old(COMPLETED, 6, 230, 1))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void aRerunOfTheStaleCopyIsOneNewLife() {
        scheduledAnew()
                .given(old(CANCELED, 5, 120, 1))
                .when(old(SCHEDULED, 6, 120, 1))
                .inEpoch(3, EpochDecision.RESUMED)
                .when(that(SCHEDULED, 7).keyed(300, 0).ran(0, 0, 0))
                .thenChangesNothingPublished()
                .inEpoch(3, EpochDecision.RERUN);
    }

    @Test
    void aRetryOfTheStaleCopyMayGoByAKeyThatWasNeverSeen() {
        story().given(that(FAILED, 1).keyed(100, 0).ran(110, 120, 1))
                .given(that(SCHEDULED, 2).keyed(200, 3).ran(0, 0, 0))
                .given(that(FAILED, 3).keyed(100, 0).ran(110, 120, 1))
                .when(that(IN_PROGRESS, 4).keyed(100, 1).ran(110, 120, 1))
                .inEpoch(3, EpochDecision.RESUMED);
        story().given(that(FAILED, 1).keyed(100, 0).ran(110, 120, 1))
                .given(that(SCHEDULED, 2).keyed(200, 3).ran(0, 0, 0))
                .given(that(FAILED, 3).keyed(100, 0).ran(110, 120, 1))
                .when(that(IN_PROGRESS, 4).keyed(100, 2).ran(110, 120, 1))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void aStartThatIsNewsIsGoneOnFrom() {
        Told started = that(SCHEDULED, 5).keyed(100, 0).ran(215, 0, 1).executed(false);
        scheduledAnew()
                .given(started)
                .when(that(IN_PROGRESS, 6).keyed(100, 0).ran(215, 0, 1).executed(false))
                .inEpoch(3, EpochDecision.RESUMED);
        scheduledAnew()
                .given(old(SCHEDULED, 5, 0, 1))
                .when(old(IN_PROGRESS, 6, 0, 1))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void aJoinEndsByATickOrIsCancelled() {
        for (TaskStatus end : new TaskStatus[] {COMPLETED, CANCELED}) {
            Story join = Story.ofType("JOIN")
                    .given(that(IN_PROGRESS, 1).keyed(100, 0).ran(110, 0, 1).executed(false))
                    .given(that(FAILED, 2).keyed(100, 0).ran(110, 120, 2).executed(false))
                    .given(that(SCHEDULED, 3).keyed(200, 0).ran(0, 0, 0).executed(false))
                    .given(that(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 2).executed(false))
                    .when(that(end, 5).keyed(100, 0).ran(110, 230, 2).executed(false));
            assertThat(join.state().epoch().number()).isEqualTo(end == CANCELED ? 3 : 2);
        }
    }

    @Test
    void onlyALogShowsWhatLayInTheRow() {
        Story told = story().given(old(CANCELED, 2, 120, 1).from(EventSource.NATIVE))
                .given(that(SCHEDULED, 3).keyed(200, 1).from(EventSource.NATIVE))
                .given(old(IN_PROGRESS, 5, 0, 1).from(EventSource.NATIVE));
        told.when(old(IN_PROGRESS, 6, 0, 2).from(EventSource.NATIVE)).thenRefuses(STALE_EPOCH);
    }

    @Test
    void aStretchDeliveredAgainShowsNothing() {
        Story story = scheduledAnew().given(old(IN_PROGRESS, 5, 0, 1)).given(old(IN_PROGRESS, 6, 0, 2));
        TaskState before = story.state();
        story.when(old(IN_PROGRESS, 5, 0, 1)).thenRefuses(STALE_EPOCH);
        story.when(that(IN_PROGRESS, 4).keyed(200, 1).ran(210, 0, 1).executed(false))
                .thenRefuses(STALE_EPOCH);
        assertThat(story.state()).isSameAs(before);
    }
}
