package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.DUPLICATE;
import static dev.ratchet.task.RejectionReason.OUT_OF_ORDER;
import static dev.ratchet.task.RejectionReason.STALE_EPOCH;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.COMPLETED_WITH_ERRORS;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TaskStatus.SKIPPED;
import static dev.ratchet.task.Told.that;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One story a rung; times as Conductor writes them (CONDUCTOR.md §3). */
class EpochRuleTest {

    /** A first life, completed: scheduled at 100, started at 110, ended at 120, polled once. */
    private static Story completed() {
        return story().given(that(SCHEDULED, 1).keyed(100, 0).ran(0, 0, 0))
                .given(that(IN_PROGRESS, 2).keyed(100, 0).ran(110, 0, 1))
                .given(that(COMPLETED, 3).keyed(100, 0).ran(110, 120, 1));
    }

    @Test
    void aStaleCopyWithoutTheEndIsALostUpdate() {
        completed()
                .when(that(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1))
                .thenRefuses(BACKWARD_TRANSITION)
                .inEpoch(1, EpochDecision.FIRST)
                .diverged();
    }

    @Test
    void aCopyThatCarriesItsEndIsAReopening() {
        completed()
                .when(that(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .thenPublishes(COMPLETED, SCHEDULED, 4)
                .inEpoch(2, EpochDecision.REOPENED)
                .inAgreement();
    }

    @Test
    void aCopyThatCarriesAnotherEndIsALostUpdate() {
        completed()
                .when(that(SCHEDULED, 4).keyed(100, 0).ran(110, 119, 1))
                .thenRefuses(BACKWARD_TRANSITION)
                .when(that(SCHEDULED, 5).keyed(100, 0).ran(110, 120, 2))
                .thenRefuses(BACKWARD_TRANSITION)
                .inEpoch(1, EpochDecision.FIRST);
    }

    @Test
    void aCopyMayCarryAnyOfTheEndsThatCameBeforeIt() {
        Told again = that(COMPLETED, 5).keyed(100, 0).ran(110, 125, 1);
        completed()
                .given(again)
                .when(that(SCHEDULED, 6).keyed(100, 0).ran(110, 120, 1))
                .inEpoch(2, EpochDecision.REOPENED);
        completed()
                .given(again)
                .when(that(SCHEDULED, 6).keyed(100, 0).ran(110, 125, 1))
                .inEpoch(2, EpochDecision.REOPENED);
        completed()
                .given(again)
                .when(that(IN_PROGRESS, 4).keyed(100, 0).ran(110, 125, 1))
                .inEpoch(1, EpochDecision.FIRST)
                .when(that(IN_PROGRESS, 5).keyed(100, 0).ran(110, 125, 1))
                .thenRefuses(OUT_OF_ORDER)
                .inEpoch(1, EpochDecision.FIRST);
    }

    @Test
    void aRerunWritesTwiceAndIsOneNewLife() {
        completed()
                .given(that(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .when(that(SCHEDULED, 5).keyed(200, 0).ran(0, 0, 0))
                .thenChangesNothingPublished()
                .inEpoch(2, EpochDecision.RERUN)
                .when(that(IN_PROGRESS, 6).keyed(200, 0).ran(210, 0, 1))
                .inEpoch(2, EpochDecision.RERUN)
                .when(that(IN_PROGRESS, 7).keyed(100, 0).ran(110, 0, 1))
                .thenRefuses(STALE_EPOCH)
                .when(that(SCHEDULED, 8).keyed(100, 0).ran(0, 0, 0))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void onlyARerunsFirstRecordWaitsForASecond() {
        completed()
                .given(that(IN_PROGRESS, 4).keyed(100, 0).ran(110, 120, 1))
                .when(that(SCHEDULED, 5).keyed(200, 0).ran(0, 0, 0))
                .inEpoch(3, EpochDecision.KEY)
                .when(that(SCHEDULED, 6).keyed(300, 0).ran(0, 0, 0))
                .inEpoch(4, EpochDecision.KEY);
        completed()
                .given(that(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .given(that(SCHEDULED, 5).keyed(200, 0).ran(0, 0, 0))
                .inEpoch(2, EpochDecision.RERUN)
                .when(that(SCHEDULED, 6).keyed(300, 0).ran(0, 0, 0))
                .inEpoch(3, EpochDecision.KEY);
    }

    @Test
    void aLaterScheduledTimeIsANewLife() {
        completed()
                .when(that(SCHEDULED, 4).keyed(200, 0).ran(0, 0, 0))
                .inEpoch(2, EpochDecision.KEY)
                .inAgreement();
    }

    @Test
    void aHigherRetryCountIsANewLife() {
        completed().when(that(IN_PROGRESS, 4).keyed(100, 1).ran(110, 0, 1)).inEpoch(2, EpochDecision.KEY);
    }

    @Test
    void anUnknownScheduledTimeIsFilledInAndOpensNothing() {
        story().given(that(SCHEDULED, 1).keyed(0, 1))
                .when(that(SCHEDULED, 2).keyed(100, 1))
                .thenChangesNothingPublished()
                .inEpoch(1, EpochDecision.FIRST)
                .when(that(SCHEDULED, 3).keyed(100, 1))
                .inEpoch(1, EpochDecision.FIRST)
                .when(that(SCHEDULED, 4).keyed(200, 1))
                .inEpoch(2, EpochDecision.KEY);
    }

    @Test
    void aCopyOfAClosedLifeIsStaleAndIsWhatTheSourceHoldsNow() {
        completed()
                .given(that(SCHEDULED, 4).keyed(200, 0).ran(0, 0, 0))
                .given(that(COMPLETED, 5).keyed(200, 0).ran(210, 220, 1))
                .when(that(IN_PROGRESS, 6).keyed(100, 0).ran(110, 0, 1))
                .thenRefuses(STALE_EPOCH)
                .andStaysAt(COMPLETED)
                .lastReporting(IN_PROGRESS)
                .diverged();
    }

    @Test
    void theLogDeliveredAgainFromAnEarlierLifeIsStaleAndChangesNothing() {
        Story story = completed().given(that(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1));
        TaskState before = story.state();
        story.when(that(IN_PROGRESS, 2).keyed(100, 0).ran(110, 0, 1)).thenRefuses(STALE_EPOCH);
        assertThat(story.state()).isSameAs(before);
    }

    @Test
    void theOpeningDeliveredAgainIsADuplicate() {
        Told opening = that(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1);
        completed().given(opening).when(opening).thenRefuses(DUPLICATE);
    }

    @Test
    void onlyALogTellsAnEarlierLifeByItsPlace() {
        story().given(that(COMPLETED, 3).ran(110, 120, 1).from(EventSource.NATIVE))
                .given(that(SCHEDULED, 5).ran(110, 120, 1).from(EventSource.NATIVE))
                .inEpoch(2, EpochDecision.REOPENED)
                .when(that(IN_PROGRESS, 4).from(EventSource.NATIVE))
                .thenRefuses(OUT_OF_ORDER);
    }

    @Test
    void anAuditIsAboutTheLifeThatWasAskedAbout() {
        completed()
                .when(that(IN_PROGRESS, 3).keyed(200, 0).from(EventSource.AUDIT))
                .thenRefuses(BACKWARD_TRANSITION)
                .inEpoch(1, EpochDecision.FIRST);
    }

    @Test
    void aFreshStartWithAnEarlierClockIsANewLife() {
        completed()
                .when(that(SCHEDULED, 4).keyed(90, 0).ran(0, 0, 0))
                .inEpoch(2, EpochDecision.CLOCK_SKEW)
                .thenAlerts(
                        "CLOCK_SKEW OPENED: The clocks of Conductor's servers differ: epoch 2 of the task has an earlier"
                                + " scheduledTime than the epoch before, 90")
                .when(that(IN_PROGRESS, 5).keyed(100, 0).ran(110, 0, 1))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void theClocksAreToldToAgreeWhenTheNextLifeBeginsOrTheTaskIsDeleted() {
        Told skewed = that(SCHEDULED, 4).keyed(90, 0).ran(0, 0, 0);
        completed()
                .given(skewed)
                .when(that(SCHEDULED, 5).keyed(200, 0).ran(0, 0, 0))
                .thenAlerts("CLOCK_SKEW RESOLVED: A new epoch of the task has begun: SCHEDULED at sequence 5");
        completed().given(skewed).whenDeleted(5).thenAlerts("CLOCK_SKEW RESOLVED: Conductor deleted the task");
    }

    @Test
    void anEarlierKeyWithoutAllTheSignsOfAFreshStartIsStale() {
        Told fresh = that(SCHEDULED, 4).keyed(90, 0).ran(0, 0, 0);
        completed().when(fresh).inEpoch(2, EpochDecision.CLOCK_SKEW);
        completed().when(that(IN_PROGRESS, 4).keyed(90, 0).ran(0, 0, 0)).thenRefuses(STALE_EPOCH);
        completed().when(fresh.ran(85, 0, 0)).thenRefuses(STALE_EPOCH);
        completed().when(fresh.ran(0, 85, 0)).thenRefuses(STALE_EPOCH);
        completed().when(fresh.ran(0, 0, 1)).thenRefuses(STALE_EPOCH);
        completed().when(that(SCHEDULED, 2).keyed(90, 0).ran(0, 0, 0)).thenRefuses(STALE_EPOCH);
        story().given(that(COMPLETED, 3).keyed(100, 0).from(EventSource.NATIVE))
                .when(fresh.from(EventSource.NATIVE))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void aFreshStartHasAScheduledTimeThatWasNeverSeen() {
        Story retried = story().given(that(SCHEDULED, 1).keyed(90, 1))
                .given(that(COMPLETED, 3).keyed(100, 1));
        retried.when(that(SCHEDULED, 4).keyed(0, 0).ran(0, 0, 0)).thenRefuses(STALE_EPOCH);
        retried.when(that(SCHEDULED, 5).keyed(100, 0).ran(0, 0, 0)).thenRefuses(STALE_EPOCH);
        retried.when(that(SCHEDULED, 6).keyed(90, 0).ran(0, 0, 0)).thenRefuses(STALE_EPOCH);
    }

    @Test
    void aSiblingPutBackByARerunIsANewLife() {
        failed(110, 120)
                .when(that(SCHEDULED, 4).keyed(100, 0).ran(130, 0, 1).executed(false))
                .inEpoch(2, EpochDecision.SIBLING);
    }

    @Test
    void aStaleCopyOfAFailedRunIsNoSibling() {
        failed(110, 120)
                .when(that(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1).executed(false))
                .thenRefuses(BACKWARD_TRANSITION);
    }

    @Test
    void aSiblingPutBackShowsAllItsSigns() {
        Told back = that(SCHEDULED, 4).keyed(100, 0).ran(130, 0, 1).executed(false);
        failed(110, 120).when(back.ran(130, 119, 1)).thenRefuses(BACKWARD_TRANSITION);
        failed(110, 120).when(back.ran(130, 0, 2)).thenRefuses(BACKWARD_TRANSITION);
        failed(110, 120).when(back.ran(115, 0, 1)).thenRefuses(BACKWARD_TRANSITION);
        failed(110, 120).when(back.ran(120, 0, 1)).thenRefuses(BACKWARD_TRANSITION);
        failed(110, 0).when(back.ran(110, 0, 1)).thenRefuses(BACKWARD_TRANSITION);
        failed(110, 120).when(back.executed(true)).thenRefuses(BACKWARD_TRANSITION);
        failed(110, 120).when(that(SCHEDULED, 4).keyed(100, 0).ran(130, 0, 1)).thenRefuses(BACKWARD_TRANSITION);
        completed().when(back).thenRefuses(BACKWARD_TRANSITION);
        story().given(that(FAILED, 3).keyed(100, 0).ran(110, 120, EpochKey.NO_COUNT))
                .when(back.ran(130, 0, EpochKey.NO_COUNT))
                .thenRefuses(BACKWARD_TRANSITION);
    }

    private static Story failed(long startTime, long endTime) {
        return story().given(that(IN_PROGRESS, 2).keyed(100, 0).ran(startTime, 0, 1))
                .given(that(FAILED, 3).keyed(100, 0).ran(startTime, endTime, 1));
    }

    @Test
    void aSubWorkflowTaskIsReopenedOnlyByItsChild() {
        Story.ofType("SUB_WORKFLOW")
                .given(that(FAILED, 3).keyed(100, 0).ran(110, 120, 1))
                .when(that(IN_PROGRESS, 4).keyed(100, 0).ran(110, 120, 1).subworkflowChanged(false))
                .thenRefuses(BACKWARD_TRANSITION)
                .when(that(IN_PROGRESS, 5).keyed(100, 0).ran(110, 120, 1).subworkflowChanged(true))
                .inEpoch(2, EpochDecision.REOPENED)
                .when(that(IN_PROGRESS, 6).keyed(100, 0).ran(110, 120, 1).subworkflowChanged(false))
                .thenChangesNothingPublished();
    }

    @Test
    void theWebhookTellsAReopeningByItsEndTimeAlone() {
        story().given(that(COMPLETED, 3).from(EventSource.WEBHOOK).ran(110, 120, EpochKey.NO_COUNT))
                .when(that(SCHEDULED, 4).from(EventSource.WEBHOOK).ran(110, 120, EpochKey.NO_COUNT))
                .inEpoch(2, EpochDecision.REOPENED);
        Story.ofType("SUB_WORKFLOW")
                .given(that(FAILED, 3).ran(110, 120, EpochKey.NO_COUNT).from(EventSource.WEBHOOK))
                .when(that(SCHEDULED, 4).ran(110, 120, EpochKey.NO_COUNT).from(EventSource.WEBHOOK))
                .thenRefuses(BACKWARD_TRANSITION);
    }

    @Test
    void aPollCountThatIsNotToldTellsNoLivesApart() {
        Told counted = that(COMPLETED, 3).ran(110, 120, 1);
        Told uncounted = that(COMPLETED, 3).ran(110, 120, EpochKey.NO_COUNT);
        story().given(counted)
                .when(that(SCHEDULED, 4).ran(110, 120, EpochKey.NO_COUNT))
                .inEpoch(2, EpochDecision.REOPENED);
        story().given(uncounted).when(that(SCHEDULED, 4).ran(110, 120, 1)).inEpoch(2, EpochDecision.REOPENED);
    }

    @Test
    void anEventWithoutEvidenceBelongsToTheEpochThatStands() {
        story().given(that(COMPLETED, 3).stating(4))
                .when(IN_PROGRESS, 5)
                .thenRefuses(BACKWARD_TRANSITION)
                .inEpoch(4, EpochDecision.STATED);
    }

    @Test
    void whatAReopeningDoesNotTellOfItsKeyIsThatOfTheLifeBefore() {
        completed()
                .given(that(SCHEDULED, 4).ran(110, 120, 1))
                .inEpoch(2, EpochDecision.REOPENED)
                .when(that(IN_PROGRESS, 5).keyed(90, 0))
                .thenRefuses(STALE_EPOCH);
        failed(110, 120)
                .given(that(SCHEDULED, 4).ran(130, 0, 1).executed(false))
                .inEpoch(2, EpochDecision.SIBLING)
                .when(that(IN_PROGRESS, 5).keyed(90, 0))
                .thenRefuses(STALE_EPOCH);
        completed()
                .given(that(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .given(that(SCHEDULED, 5).keyed(200, EpochKey.NO_COUNT))
                .inEpoch(2, EpochDecision.RERUN)
                .when(that(IN_PROGRESS, 6).keyed(200, 1))
                .inEpoch(3, EpochDecision.KEY);
    }

    @Test
    void whatAnyOtherNewLifeDoesNotTellOfItsKeyIsUnknown() {
        story().given(that(COMPLETED, 3).keyed(100, 1).stating(1))
                .given(that(SCHEDULED, 4).stating(2))
                .when(that(IN_PROGRESS, 5).keyed(200, 0))
                .thenPublishes(SCHEDULED, IN_PROGRESS, 3)
                .inEpoch(2, EpochDecision.STATED);
    }

    @Test
    void anEndHeardLateIsRememberedWhenARerunsSecondRecordJoins() {
        story().given(that(COMPLETED, 3).keyed(100, 0).ran(110, 120, 1).from(EventSource.NATIVE))
                .given(that(SCHEDULED, 5).keyed(100, 0).ran(110, 120, 1).from(EventSource.NATIVE))
                .given(that(FAILED, 4).keyed(100, 0).ran(110, 118, 1).from(EventSource.NATIVE))
                .given(that(SCHEDULED, 6).keyed(200, 0).from(EventSource.NATIVE))
                .inEpoch(2, EpochDecision.RERUN)
                .when(that(IN_PROGRESS, 7).keyed(200, 0).ran(110, 118, 1).from(EventSource.NATIVE))
                .inEpoch(3, EpochDecision.REOPENED);
    }

    @Test
    void aTaskThatNeverStopsEndingIsRememberedWithinBounds() {
        Story story = story();
        for (int epochState = 1; epochState < 60; epochState++) {
            for (int end = 0; end < 20; end++) {
                story.when(that(COMPLETED, epochState * 100L + end)
                        .keyed(epochState, 0)
                        .ran(1, epochState * 100L + end, 1));
            }
        }
        TaskState state = story.state();
        assertThat(state.epoch().closed())
                .hasSize(Epoch.MAX_ENTRIES)
                .extracting(ClosedEpoch::key)
                .startsWith(new EpochKey(59 - Epoch.MAX_ENTRIES, 0))
                .endsWith(new EpochKey(58, 0));
        assertThat(state.epoch().terminalReports())
                .hasSize(Epoch.MAX_ENTRIES)
                .extracting(TerminalReport::sequence)
                .startsWith(5_920L - Epoch.MAX_ENTRIES)
                .endsWith(5_919L);
        story.when(that(COMPLETED, 5_900).keyed(59, 0).ran(1, 5_900, 1)).thenRefuses(DUPLICATE);
        assertThat(story.state()).isSameAs(state);
    }

    @Test
    void aKeyThatComesBackIsThatOfTheLifeThatStandsAndOfNoneThatIsOver() {
        Story story = story();
        for (int epochState = 1; epochState < 6; epochState++) {
            story.given(that(SCHEDULED, epochState)
                    .keyed(epochState % 2 == 0 ? 200 : 100, 0)
                    .stating(epochState));
        }
        assertThat(story.state().epoch().key()).isEqualTo(new EpochKey(100, 0));
        assertThat(story.state().epoch().closed()).extracting(ClosedEpoch::key).containsExactly(new EpochKey(200, 0));
    }

    @Test
    void anEndCountsFromTheFirstRecordThatToldOfIt() {
        Told end = that(COMPLETED, 3).keyed(100, 0).ran(110, 120, 1);
        Told again = that(COMPLETED, 5).keyed(100, 0).ran(110, 120, 1);
        Told reopening = that(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1);
        story().given(end).given(again).when(reopening).inEpoch(2, EpochDecision.REOPENED);
        Story late = story().given(again).given(end);
        assertThat(late.state().epoch().terminalReports()).containsExactly(TerminalReport.of(end.of(Story.TASK)));
        late.when(reopening).inEpoch(2, EpochDecision.REOPENED);
    }

    @Test
    void aDuplicateMayTellOfAnEndThatWasNotKnown() {
        story().given(that(COMPLETED, 3))
                .when(that(COMPLETED, 3).ran(110, 120, 1))
                .thenRefuses(DUPLICATE)
                .when(that(SCHEDULED, 4).ran(110, 120, 1))
                .inEpoch(2, EpochDecision.REOPENED);
    }

    @Test
    void anEndIsAnotherIfAnyOfItDiffers() {
        Story story = story().given(that(COMPLETED, 3).ran(110, 120, 1))
                .given(that(FAILED, 4).ran(110, 120, 1))
                .given(that(COMPLETED, 5).ran(111, 120, 1))
                .given(that(COMPLETED, 6).ran(110, 121, 1))
                .given(that(COMPLETED, 7).ran(110, 120, 2))
                .given(that(COMPLETED, 8).ran(110, 120, 1));
        assertThat(story.state().epoch().terminalReports())
                .extracting(TerminalReport::sequence)
                .containsExactly(3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void aSubWorkflowTaskWhoseEndHasNoTimeIsReopenedByItsChild() {
        Told end = that(COMPLETED, 3).keyed(100, 0).ran(110, 0, 1).subworkflowChanged(false);
        Told open = that(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1).subworkflowChanged(true);
        Story.ofType("SUB_WORKFLOW").given(end).when(open).inEpoch(2, EpochDecision.REOPENED);
        Story.ofType("SUB_WORKFLOW").given(end).when(open.ran(111, 0, 1)).thenRefuses(BACKWARD_TRANSITION);
        Story.ofType("SUB_WORKFLOW").given(end).when(open.ran(110, 0, 2)).thenRefuses(BACKWARD_TRANSITION);
        Story.ofType("SUB_WORKFLOW")
                .given(end.subworkflowChanged(true))
                .when(open)
                .thenRefuses(BACKWARD_TRANSITION);
    }

    @Test
    void aCopyOfAnotherRunIsNoReopening() {
        completed().when(that(SCHEDULED, 4).keyed(100, 0).ran(105, 120, 1)).thenRefuses(BACKWARD_TRANSITION);
        completed().when(that(SCHEDULED, 4).keyed(100, 0).ran(0, 120, 1)).inEpoch(2, EpochDecision.REOPENED);
    }

    @Test
    void aPollThatBegunLateIsNoSiblingPutBack() {
        failed(110, 120)
                .when(that(IN_PROGRESS, 4).keyed(100, 0).ran(130, 0, 1).executed(false))
                .thenRefuses(BACKWARD_TRANSITION);
    }

    @Test
    void aCopyOfASiblingPutBackIsNotPutBackAgain() {
        Told back = that(SCHEDULED, 4).keyed(100, 0).ran(130, 0, 1).executed(false);
        failed(110, 120)
                .given(back)
                .given(that(FAILED, 5).keyed(100, 0).ran(130, 140, 1))
                .given(that(FAILED, 6).keyed(100, 0).ran(110, 120, 1))
                .when(that(SCHEDULED, 7).keyed(100, 0).ran(130, 0, 1).executed(false))
                .thenRefuses(BACKWARD_TRANSITION)
                .inEpoch(2, EpochDecision.SIBLING);
    }

    @Test
    void aSiblingPutBackComesBackOverAStaleEndFromBefore() {
        Told back = that(SCHEDULED, 4).keyed(100, 0).ran(130, 0, 1).executed(false);
        failed(110, 120)
                .given(back)
                .given(that(FAILED, 5).keyed(100, 0).ran(110, 120, 1))
                .when(that(SCHEDULED, 6).keyed(100, 0).ran(130, 0, 1).executed(false))
                .inEpoch(3, EpochDecision.SIBLING);
    }

    @Test
    void aRerunsSecondRecordJoinsThoughOthersCameBetween() {
        completed()
                .given(that(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .given(that(IN_PROGRESS, 5).keyed(100, 0).ran(110, 120, 2))
                .when(that(SCHEDULED, 6).keyed(200, 0).ran(0, 0, 0))
                .inEpoch(2, EpochDecision.RERUN);
        completed()
                .given(that(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .given(that(COMPLETED, 5).keyed(100, 0).ran(110, 130, 1))
                .when(that(SCHEDULED, 6).keyed(200, 0).ran(0, 0, 0))
                .inEpoch(3, EpochDecision.KEY);
    }

    @Test
    void aRerunsSecondRecordJoinsThoughItsClockIsSlowAndTellsOfThat() {
        completed()
                .given(that(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .when(that(SCHEDULED, 5).keyed(90, 0).ran(0, 0, 0))
                .inEpoch(2, EpochDecision.CLOCK_SKEW)
                .thenAlerts(
                        "CLOCK_SKEW OPENED: The clocks of Conductor's servers differ: epoch 2 of the task has an earlier"
                                + " scheduledTime than the epoch before, 90")
                .when(that(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .thenRefuses(STALE_EPOCH)
                .inEpoch(2, EpochDecision.CLOCK_SKEW);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"SCHEDULED", "IN_PROGRESS"},
            mode = EnumSource.Mode.EXCLUDE)
    void onlyWhatDidNotSucceedIsPutBackAsASibling(TaskStatus end) {
        Story story = story().given(that(end, 3).ran(110, 120, 1))
                .when(that(SCHEDULED, 4).ran(130, 0, 1).executed(false));
        boolean succeeded = Set.of(COMPLETED, COMPLETED_WITH_ERRORS, SKIPPED).contains(end);
        assertThat(story.state().epoch().decision()).isEqualTo(succeeded ? EpochDecision.FIRST : EpochDecision.SIBLING);
    }
}
