package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.SOURCE_MISMATCH;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.Told.that;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tasks that the webhook reported first, in an installation that moves to change data capture. Its sequences are times. */
class SourceTakeoverTest {
    private static final long NOON = 1_800_000_000_000L;

    private static Story live() {
        return story().given(notification(SCHEDULED, NOON).keyed(NOON, 0))
                .given(notification(IN_PROGRESS, NOON + 10).keyed(NOON, 0));
    }

    private static Story ended() {
        return live().given(notification(COMPLETED, NOON + 20).keyed(NOON, 0).ran(NOON + 10, NOON + 20, -1));
    }

    private static Told notification(TaskStatus status, long time) {
        return that(status, time).from(EventSource.WEBHOOK);
    }

    /** A change at this log position, at this time. */
    private static Told change(TaskStatus status, long position, long time) {
        return that(status, position).at(time).keyed(NOON, 0).ran(NOON + 10, 0, 1);
    }

    @Test
    void theFirstChangeFromTheLogTakesTheTaskOver() {
        live().when(change(COMPLETED, 500, NOON + 21))
                .thenPublishes(IN_PROGRESS, COMPLETED, 3)
                .asAStepForward()
                .when(notification(COMPLETED, NOON + 20))
                .thenRefuses(SOURCE_MISMATCH);
    }

    /** Such a time is of the far future, so every change of the log would be older than it. */
    @Test
    void aTimeInMicrosecondsDoesNotKeepTheLogFromTakingTheTaskOver() {
        Story story = story().given(that(SCHEDULED, 1).from(EventSource.NATIVE).at(NOON * 1_000));
        story.when(change(IN_PROGRESS, 500, NOON + 21)).thenPublishes(SCHEDULED, IN_PROGRESS, 2);
        assertThat(story.state().source()).isEqualTo(EventSource.CDC);
    }

    @Test
    void aRowOfTheSnapshotTakesTheTaskOver() {
        Story story = live().when(change(IN_PROGRESS, 500, NOON + 30).inASnapshot());
        story.thenChangesNothingPublished();
        assertThat(story.state().source()).isEqualTo(EventSource.CDC);
        story.when(change(COMPLETED, 490, NOON + 31)).thenPublishes(IN_PROGRESS, COMPLETED, 3);
    }

    @Test
    void anEndThatTheWebhookReportedAndTheTableHasLostIsALostUpdate() {
        ended().when(change(IN_PROGRESS, 500, NOON + 30).inASnapshot())
                .thenRefuses(BACKWARD_TRANSITION)
                .diverged()
                .havingLostUpdates(1);
        ended().when(change(IN_PROGRESS, 500, NOON + 30))
                .thenRefuses(BACKWARD_TRANSITION)
                .diverged();
    }

    @Test
    void changesFromBeforeTheLastNotificationAreNoLostUpdates() {
        ended().when(change(SCHEDULED, 500, NOON + 1))
                .thenIgnores()
                .when(change(IN_PROGRESS, 510, NOON + 11))
                .thenIgnores()
                .when(that(COMPLETED, 520).at(NOON + 20).keyed(NOON, 0).ran(NOON + 10, NOON + 20, 1))
                .thenChangesNothingPublished()
                .when(change(IN_PROGRESS, 530, NOON + 25))
                .thenRefuses(BACKWARD_TRANSITION)
                .diverged();
    }

    @Test
    void anEndThatTheWebhookMissedCountsThoughTheDatabasesClockIsSlow() {
        live().when(change(FAILED, 500, NOON - 5_000))
                .thenPublishes(IN_PROGRESS, FAILED, 3)
                .asAStepForward()
                .inAgreement();
    }

    @Test
    void aRerunAfterTheTakeoverIsANewEpoch() {
        ended().given(that(COMPLETED, 520).at(NOON + 20).keyed(NOON, 0).ran(NOON + 10, NOON + 20, 1))
                .when(that(SCHEDULED, 530).at(NOON + 90).keyed(NOON, 0).ran(NOON + 10, NOON + 20, 1))
                .inEpoch(2, EpochDecision.REOPENED)
                .inAgreement();
    }

    /** The webhook told that it was cancelled; that a rerun of another task put it back, it does not tell. */
    @Test
    void aTaskThatARerunPutBackBeforeTheTakeoverIsOfANewEpoch() {
        cancelled()
                .when(putBack(SCHEDULED, 0).inASnapshot())
                .inEpoch(2, EpochDecision.REOPENED)
                .thenAlerts();
        cancelled()
                .when(putBack(IN_PROGRESS, 0))
                .inEpoch(2, EpochDecision.REOPENED)
                .thenAlerts();
        cancelled()
                .when(putBack(COMPLETED, NOON + 95).inASnapshot())
                .inEpoch(2, EpochDecision.REOPENED)
                .andStaysAt(COMPLETED)
                .thenAlerts();
    }

    @Test
    void anEarlierCopyOfACancelledTaskIsALostUpdate() {
        cancelled().when(change(IN_PROGRESS, 500, NOON + 90)).thenRefuses(BACKWARD_TRANSITION);
    }

    @Test
    void aChildThatWasReopenedBeforeTheTakeoverIsOfANewEpoch() {
        Story.ofType("SUB_WORKFLOW")
                .given(notification(FAILED, NOON + 20).keyed(NOON, 0).ran(NOON + 10, NOON + 20, -1))
                .when(change(IN_PROGRESS, 500, NOON + 90)
                        .ran(NOON + 10, NOON + 20, 1)
                        .inASnapshot())
                .inEpoch(2, EpochDecision.REOPENED)
                .thenAlerts();
    }

    @Test
    void theLogSaysWhatKindOfTaskItIs() {
        TaskState told = StatusReducer.reduceFirst(
                        notification(IN_PROGRESS, NOON).of(new TaskIdentity("t1", "", "", "", "")))
                .state();
        TaskState taken = StatusReducer.reduce(
                        told, change(IN_PROGRESS, 500, NOON + 1).of(Story.TASK))
                .state();
        assertThat(taken.task()).isEqualTo(Story.TASK);
    }

    private static Story cancelled() {
        return live().given(notification(CANCELED, NOON + 20).keyed(NOON, 0).ran(NOON + 10, NOON + 20, -1));
    }

    private static Told putBack(TaskStatus status, long endTime) {
        return change(status, 500, NOON + 100).ran(NOON + 80, endTime, 1);
    }

    @Test
    void aDeletionInTheLogEndsATaskOfTheWebhook() {
        Story story = live().whenDeleted(500);
        assertThat(story.state().lastReported().isDeleted()).isTrue();
        assertThat(story.state().source()).isEqualTo(EventSource.CDC);
    }

    @Test
    void aNativeProducersTaskIsTakenOverToo() {
        story().given(that(IN_PROGRESS, 7_000).from(EventSource.NATIVE))
                .when(that(COMPLETED, 500).at(9_000))
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .when(that(FAILED, 8_000).from(EventSource.NATIVE))
                .thenRefuses(SOURCE_MISMATCH);
    }

    @Test
    void whatTheLogOwnsIsNeverGivenBack() {
        story().given(that(IN_PROGRESS, 500))
                .when(notification(COMPLETED, NOON))
                .thenRefuses(SOURCE_MISMATCH);
    }
}
