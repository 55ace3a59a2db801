package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.OUT_OF_ORDER;
import static dev.ratchet.task.RejectionReason.STALE_EPOCH;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.COMPLETED_WITH_ERRORS;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.Told.that;

import org.junit.jupiter.api.Test;

/** Each sign that going on from a copy, or taking an end back, must show: without it, nothing is opened. */
class ResumptionEvidenceTest {
    private static Story scheduledAnew(long endOfTheFirst) {
        return story().given(old(IN_PROGRESS, 1, 0, 1))
                .given(old(CANCELED, 2, endOfTheFirst, 1))
                .given(that(SCHEDULED, 3).keyed(200, 1).ran(0, 0, 0).executed(false))
                .given(that(IN_PROGRESS, 4).keyed(200, 1).ran(210, 0, 1).executed(false));
    }

    private static Story scheduledAnew() {
        return scheduledAnew(120);
    }

    private static Told old(TaskStatus status, long sequence, long endTime, int pollCount) {
        return that(status, sequence).keyed(100, 0).ran(110, endTime, pollCount).executed(false);
    }

    @Test
    void itIsLaterThanWhatTheSourceHolds() {
        scheduledAnew()
                .given(old(IN_PROGRESS, 6, 0, 1))
                .when(old(IN_PROGRESS, 5, 0, 2))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void aPollIsOneMoreThanTheCopyHas() {
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(IN_PROGRESS, 6, 0, 3))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void aStartThatIsNewsIsNotGoneOnFromByACopyOfIt() {
        Told started = that(SCHEDULED, 5).keyed(100, 0).ran(215, 0, 1).executed(false);
        scheduledAnew()
                .given(started)
                .when(that(SCHEDULED, 6).keyed(100, 0).ran(215, 0, 1).executed(false))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void anEndComesAfterAllThatTheOldLifeHad() {
        scheduledAnew(220)
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(COMPLETED, 6, 210, 1))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void anEndIsActedOnAsItIs() {
        scheduledAnew()
                .given(old(COMPLETED, 5, 230, 1))
                .when(old(COMPLETED, 6, 231, 1).executed(true))
                .thenRefuses(STALE_EPOCH);
        scheduledAnew()
                .given(old(FAILED, 5, 230, 1))
                .when(old(COMPLETED_WITH_ERRORS, 6, 230, 1))
                .inEpoch(3, EpochDecision.RESUMED);
    }

    @Test
    void anEndThatLayInTheRowWhenAnotherLifeBeganIsNoNewsInThat() {
        scheduledAnew()
                .given(old(COMPLETED, 5, 230, 1))
                .given(that(SCHEDULED, 6).keyed(300, 1).ran(0, 0, 0).executed(false))
                .given(old(COMPLETED, 7, 230, 1))
                .when(old(COMPLETED, 8, 230, 1).executed(true))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void aSiblingMayBePutBackFromTheCopy() {
        scheduledAnew()
                .given(old(CANCELED, 5, 120, 1))
                .when(that(SCHEDULED, 6).keyed(100, 0).ran(240, 0, 1).executed(false))
                .inEpoch(3, EpochDecision.RESUMED);
    }

    @Test
    void aChildMayReopenTheCopy() {
        Told end = that(FAILED, 2).keyed(100, 0).ran(110, 0, 1).subworkflowChanged(false);
        Told stale = that(FAILED, 4).keyed(100, 0).ran(110, 0, 1).subworkflowChanged(false);
        Story.ofType("SUB_WORKFLOW")
                .given(end)
                .given(that(IN_PROGRESS, 3).keyed(200, 0).ran(200, 0, 0))
                .given(stale)
                .when(that(IN_PROGRESS, 5).keyed(100, 0).ran(110, 0, 1).subworkflowChanged(true))
                .inEpoch(3, EpochDecision.RESUMED);
    }

    @Test
    void anEndThatWasTakenBackInPlaceIsTakenBackAgainByARerunOnly() {
        for (TaskStatus status : new TaskStatus[] {SCHEDULED, IN_PROGRESS}) {
            Story story = story().given(old(CANCELED, 1, 120, 1))
                    .given(old(IN_PROGRESS, 2, 120, 1))
                    .given(that(SCHEDULED, 3).keyed(200, 0).ran(0, 0, 0))
                    .given(old(CANCELED, 4, 120, 1))
                    .when(old(status, 5, 120, 1));
            if (status == SCHEDULED) {
                story.inEpoch(4, EpochDecision.RESUMED);
            } else {
                story.thenRefuses(STALE_EPOCH);
            }
        }
    }

    @Test
    void aRetryThatWasNeverSeenShowsAllItsSigns() {
        Told from = that(FAILED, 3).keyed(100, 0).ran(110, 120, 1);
        Told retry = that(IN_PROGRESS, 4).keyed(100, 1).ran(110, 120, 1);
        retried(from).when(retry).inEpoch(3, EpochDecision.RESUMED);
        retried(that(IN_PROGRESS, 3).keyed(100, 0).ran(110, 120, 1)).when(retry).thenRefuses(STALE_EPOCH);
        retried(from).when(that(FAILED, 4).keyed(100, 1).ran(110, 120, 1)).thenRefuses(STALE_EPOCH);
        retried(from).when(retry.ran(110, 0, 1)).thenRefuses(STALE_EPOCH);
        retried(from.keyed(0, 1)).when(retry.keyed(0, 2)).thenRefuses(STALE_EPOCH);
    }

    private static Story retried(Told copy) {
        return story().given(that(FAILED, 1).keyed(100, 0).ran(110, 120, 1))
                .given(that(SCHEDULED, 2).keyed(200, 3).ran(0, 0, 0))
                .given(copy);
    }

    @Test
    void aSiblingIsPutBackOverAnEndOfItsOwnLifeLaterThanThat() {
        Told back = that(SCHEDULED, 6).keyed(200, 1).ran(240, 0, 1).executed(false);
        scheduledAnew().given(old(CANCELED, 5, 120, 1)).when(back).inEpoch(2, EpochDecision.KEY);
        story().given(old(FAILED, 3, 120, 1))
                .given(old(FAILED, 6, 120, 1))
                .when(that(SCHEDULED, 5).keyed(100, 0).ran(130, 0, 1).executed(false))
                .thenRefuses(OUT_OF_ORDER);
    }

    @Test
    void aRerunOfALifeThatWasReopenedAndTickedIsNoCopyOfATick() {
        story().given(old(CANCELED, 2, 120, 1))
                .given(old(IN_PROGRESS, 3, 120, 1))
                .given(old(IN_PROGRESS, 4, 120, 2))
                .given(old(CANCELED, 5, 120, 2))
                .when(old(SCHEDULED, 6, 120, 2))
                .inEpoch(3, EpochDecision.REOPENED);
    }

    @Test
    void aSuccessThatKeptAnEarlierEndIsNotTakenBackByACopyOfATick() {
        for (EventSource source : new EventSource[] {EventSource.CDC, EventSource.NATIVE}) {
            Story story = story().given(old(CANCELED, 2, 120, 1).from(source))
                    .given(old(IN_PROGRESS, 3, 120, 1).from(source))
                    .given(old(COMPLETED, 4, 120, 2).from(source))
                    .when(old(IN_PROGRESS, 5, 120, 2).from(source));
            story.inEpoch(
                    source == EventSource.CDC ? 2 : 3, EpochDecision.REOPENED); // only a log tells who copied whom
        }
    }
}
