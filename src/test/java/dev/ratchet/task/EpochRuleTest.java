package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.STALE_EPOCH;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.Told.that;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
                .inEpoch(1, EpochGround.FIRST)
                .diverged();
    }

    @Test
    void aCopyThatCarriesItsEndIsAReopening() {
        completed()
                .when(that(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .thenPublishes(COMPLETED, SCHEDULED, 4)
                .inEpoch(2, EpochGround.REOPENED)
                .inAgreement();
    }

    @Test
    void aRerunWritesTwiceAndIsOneNewLife() {
        completed()
                .given(that(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .when(that(SCHEDULED, 5).keyed(200, 0).ran(0, 0, 0))
                .thenChangesNothingPublished()
                .inEpoch(2, EpochGround.REOPENED)
                .when(that(IN_PROGRESS, 6).keyed(200, 0).ran(210, 0, 1))
                .inEpoch(2, EpochGround.REOPENED)
                .when(that(IN_PROGRESS, 7).keyed(100, 0).ran(110, 0, 1))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void aLaterScheduledTimeIsANewLife() {
        completed()
                .when(that(SCHEDULED, 4).keyed(200, 0).ran(0, 0, 0))
                .inEpoch(2, EpochGround.KEY)
                .inAgreement();
    }

    @Test
    void aHigherRetryCountIsANewLife() {
        completed().when(that(IN_PROGRESS, 4).keyed(100, 1).ran(110, 0, 1)).inEpoch(2, EpochGround.KEY);
    }

    @Test
    void anUnknownScheduledTimeIsFilledInAndOpensNothing() {
        story().given(that(SCHEDULED, 1).keyed(0, 1))
                .when(that(SCHEDULED, 2).keyed(100, 1))
                .thenChangesNothingPublished()
                .inEpoch(1, EpochGround.FIRST)
                .when(that(SCHEDULED, 3).keyed(100, 1))
                .inEpoch(1, EpochGround.FIRST);
    }

    @Test
    void aCopyOfAClosedLifeIsStaleAndIsWhatTheSourceHoldsNow() {
        completed()
                .given(that(SCHEDULED, 4).keyed(200, 0).ran(0, 0, 0))
                .given(that(COMPLETED, 5).keyed(200, 0).ran(210, 220, 1))
                .when(that(IN_PROGRESS, 6).keyed(100, 0).ran(110, 0, 1))
                .thenRefuses(STALE_EPOCH)
                .andStaysAt(COMPLETED)
                .hearing(IN_PROGRESS)
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
    void aFreshStartWithAnEarlierClockIsANewLife() {
        completed()
                .when(that(SCHEDULED, 4).keyed(90, 0).ran(0, 0, 0))
                .inEpoch(2, EpochGround.CLOCK_SKEW)
                .when(that(IN_PROGRESS, 5).keyed(100, 0).ran(110, 0, 1))
                .thenRefuses(STALE_EPOCH);
    }

    @Test
    void anEarlierKeyWithoutTheSignsOfAFreshStartIsStale() {
        completed().when(that(SCHEDULED, 4).keyed(90, 0).ran(85, 0, 1)).thenRefuses(STALE_EPOCH);
        completed()
                .when(that(SCHEDULED, 4).keyed(90, 0).ran(0, 0, 0).from(Source.CDC))
                .inEpoch(2, EpochGround.CLOCK_SKEW);
    }

    @Test
    void aSiblingPutBackByARerunIsANewLife() {
        failed(110, 120)
                .when(that(SCHEDULED, 4).keyed(100, 0).ran(130, 0, 1).executed(false))
                .inEpoch(2, EpochGround.SIBLING);
    }

    @Test
    void aStaleCopyOfAFailedRunIsNoSibling() {
        failed(110, 120)
                .when(that(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1).executed(false))
                .thenRefuses(BACKWARD_TRANSITION);
        failed(110, 120)
                .when(that(SCHEDULED, 4).keyed(100, 0).ran(130, 0, 2).executed(false))
                .thenRefuses(BACKWARD_TRANSITION);
        failed(110, 120)
                .when(that(SCHEDULED, 4).keyed(100, 0).ran(130, 0, 1).executed(true))
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
                .inEpoch(2, EpochGround.REOPENED)
                .when(that(IN_PROGRESS, 6).keyed(100, 0).ran(110, 120, 1).subworkflowChanged(false))
                .thenChangesNothingPublished();
    }

    @Test
    void theWebhookTellsAReopeningByItsEndTimeAlone() {
        story().given(new Told(COMPLETED, 3, 0, Source.WEBHOOK, Evidence.NONE).ran(110, 120, LifeKey.NO_COUNT))
                .when(new Told(SCHEDULED, 4, 0, Source.WEBHOOK, Evidence.NONE).ran(110, 120, LifeKey.NO_COUNT))
                .inEpoch(2, EpochGround.REOPENED);
    }

    @Test
    void anEventWithoutEvidenceBelongsToTheEpochThatStands() {
        story().given(that(COMPLETED, 3).stating(4)).when(IN_PROGRESS, 5).thenRefuses(BACKWARD_TRANSITION);
    }

    @Test
    void aTaskThatNeverStopsEndingIsRememberedWithinBounds() {
        Story story = story();
        for (int life = 1; life < 60; life++) {
            for (int end = 0; end < 20; end++) {
                story.when(that(COMPLETED, life * 100L + end).keyed(life, 0).ran(1, life * 100L + end, 1));
            }
        }
        assertThat(story.state().epoch().closed()).hasSize(Epoch.REMEMBERED);
        assertThat(story.state().epoch().endings()).hasSize(Epoch.REMEMBERED);
    }
}
