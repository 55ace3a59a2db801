package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.STALE_EPOCH;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.Told.that;

import org.junit.jupiter.api.Test;

/** Where the epoch rule errs, each way by name, with what it does today. */
class EpochErrorsTest {

    /** Scheduled at 100, polled at 110, failed at 120; scheduled anew at 200, as a sibling is. */
    private static Story scheduledAnew() {
        return story().given(that(IN_PROGRESS, 1).keyed(100, 0).ran(110, 0, 1).executed(false))
                .given(that(CANCELED, 2).keyed(100, 0).ran(110, 120, 1).executed(false))
                .given(that(SCHEDULED, 3).keyed(200, 1).ran(0, 0, 0).executed(false));
    }

    @Test
    void whereTheEndWasNeverHeardItsLossIsNotSeen() {
        story().given(that(IN_PROGRESS, 1).keyed(100, 0).ran(110, 0, 1))
                .when(that(SCHEDULED, 3).keyed(100, 0).ran(110, 0, 1))
                .thenPublishes(IN_PROGRESS, SCHEDULED, 2)
                .inAgreement();
    }

    @Test
    void aStaleCopyOfAReopenedLifeThatWasCopiedAfterItsLastTickIsTakenForAnotherReopening() {
        Told open = that(IN_PROGRESS, 3).keyed(100, 0).ran(110, 120, 1);
        story().given(that(CANCELED, 2).keyed(100, 0).ran(110, 120, 1))
                .given(open)
                .inEpoch(2, EpochDecision.REOPENED)
                .given(that(CANCELED, 4).keyed(100, 0).ran(110, 120, 1))
                .when(that(IN_PROGRESS, 5).keyed(100, 0).ran(110, 120, 1))
                .inEpoch(3, EpochDecision.REOPENED);
    }

    @Test
    void aSiblingPutBackByASlowClockIsTakenForALostUpdate() {
        story().given(that(FAILED, 2).keyed(100, 0).ran(110, 120, 1))
                .when(that(SCHEDULED, 3).keyed(100, 0).ran(119, 0, 1).executed(false))
                .thenRefuses(BACKWARD_TRANSITION);
    }

    @Test
    void aSecondStartOfOneRowIsTakenForASiblingPutBack() {
        story().given(that(SCHEDULED, 1).keyed(100, 0).ran(0, 0, 0).executed(false))
                .given(that(FAILED, 2).keyed(100, 0).ran(110, 120, 1).executed(false))
                .when(that(SCHEDULED, 3).keyed(100, 0).ran(130, 0, 1).executed(false))
                .inEpoch(2, EpochDecision.SIBLING);
    }

    @Test
    void goingOnFromACopyOfAnEndThatWasKnownIsNotSeen() {
        scheduledAnew()
                .given(that(CANCELED, 4).keyed(100, 0).ran(110, 120, 1).executed(false))
                .when(that(CANCELED, 5).keyed(100, 0).ran(110, 120, 1).executed(true))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void aPollOfACopyThatIsBehindTheOldLifeIsNotSeenUntilItOvertakesIt() {
        scheduledAnew()
                .given(that(SCHEDULED, 4).keyed(100, 0).ran(0, 0, 0).executed(false))
                .when(that(IN_PROGRESS, 5).keyed(100, 0).ran(220, 0, 1).executed(false))
                .thenRefuses(STALE_EPOCH)
                .when(that(IN_PROGRESS, 6).keyed(100, 0).ran(220, 0, 2).executed(false))
                .inEpoch(3, EpochDecision.RESUMED);
    }

    @Test
    void twoStaleWritersInARowAreTakenForOneWhoGoesOn() {
        scheduledAnew()
                .given(that(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1).executed(false))
                .when(that(COMPLETED, 5).keyed(100, 0).ran(110, 230, 1).executed(false))
                .inEpoch(3, EpochDecision.RESUMED);
    }

    @Test
    void aSecondRerunOfAnOldCopyIsSeenAtItsSecondRecordOnly() {
        story().given(that(COMPLETED, 2).keyed(100, 0).ran(110, 120, 1))
                .given(that(SCHEDULED, 3).keyed(100, 0).ran(110, 120, 1))
                .given(that(SCHEDULED, 4).keyed(200, 0).ran(0, 0, 0))
                .given(that(COMPLETED, 5).keyed(100, 0).ran(110, 120, 1))
                .when(that(SCHEDULED, 6).keyed(100, 0).ran(110, 120, 1))
                .thenRefuses(STALE_EPOCH)
                .when(that(SCHEDULED, 7).keyed(300, 0).ran(0, 0, 0))
                .inEpoch(3, EpochDecision.KEY);
    }

    @Test
    void aRetryOfAnOldCopyThatGoesByAKnownKeyIsNotSeen() {
        story().given(that(FAILED, 1).keyed(100, 0).ran(110, 120, 1))
                .given(that(IN_PROGRESS, 2).keyed(100, 1).ran(110, 120, 1))
                .given(that(FAILED, 3).keyed(100, 1).ran(110, 130, 2))
                .given(that(FAILED, 4).keyed(100, 0).ran(110, 120, 1))
                .when(that(IN_PROGRESS, 5).keyed(100, 1).ran(110, 120, 1))
                .thenRefuses(BACKWARD_TRANSITION)
                .inEpoch(2, EpochDecision.KEY);
    }

    @Test
    void aStaleWriteInsertsADeletedRowAgainAndIsTakenForALostUpdate() {
        story().given(that(COMPLETED, 2).keyed(100, 0).ran(110, 120, 1))
                .whenDeleted(3)
                .inAgreement()
                .when(that(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1))
                .thenRefuses(BACKWARD_TRANSITION)
                .diverged();
    }
}
