package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.SOURCE_MISMATCH;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tasks that the webhook reported first, when an installation moves to change data capture. Webhook sequences are times. */
class SourceTakeoverTest {
    private static final long NOON = 1_800_000_000_000L;

    private static Story live() {
        return story().given(notification(SCHEDULED, NOON).keyed(NOON, 0))
                .given(notification(IN_PROGRESS, NOON + 10).keyed(NOON, 0));
    }

    private static Story ended() {
        return live().given(notification(COMPLETED, NOON + 20).keyed(NOON, 0).ran(NOON + 10, NOON + 20, -1));
    }

    private static TestEvent notification(TaskStatus status, long time) {
        return event(status, time).from(EventSource.WEBHOOK);
    }

    /** A change at this log position, at this time. */
    private static TestEvent change(TaskStatus status, long position, long time) {
        return event(status, position).at(time).keyed(NOON, 0).ran(NOON + 10, 0, 1);
    }

    @Test
    void firstChangeFromLogTakesOverTask() {
        live().when(change(COMPLETED, 500, NOON + 21))
                .thenPublishes(IN_PROGRESS, COMPLETED, 3)
                .asForwardStep()
                .when(notification(COMPLETED, NOON + 20))
                .thenRejects(SOURCE_MISMATCH);
    }

    /** Such a time is in the far future, so every change of the log would be older. */
    @Test
    void logTakesOverTaskWithTimeInMicroseconds() {
        Story story = story().given(event(SCHEDULED, 1).from(EventSource.NATIVE).at(NOON * 1_000));
        story.when(change(IN_PROGRESS, 500, NOON + 21)).thenPublishes(SCHEDULED, IN_PROGRESS, 2);
        assertThat(story.state().source()).isEqualTo(EventSource.CDC);
    }

    @Test
    void snapshotRowTakesOverTask() {
        Story story = live().when(change(IN_PROGRESS, 500, NOON + 30).fromSnapshot());
        story.thenChangesNothingPublished();
        assertThat(story.state().source()).isEqualTo(EventSource.CDC);
        story.when(change(COMPLETED, 490, NOON + 31)).thenPublishes(IN_PROGRESS, COMPLETED, 3);
    }

    @Test
    void terminalStatusFromWebhookThatTableLostIsLostUpdate() {
        ended().when(change(IN_PROGRESS, 500, NOON + 30).fromSnapshot())
                .thenRejects(BACKWARD_TRANSITION)
                .diverged()
                .withLostUpdates(1);
        ended().when(change(IN_PROGRESS, 500, NOON + 30))
                .thenRejects(BACKWARD_TRANSITION)
                .diverged();
    }

    @Test
    void changesBeforeLastNotificationAreNoLostUpdates() {
        ended().when(change(SCHEDULED, 500, NOON + 1))
                .thenIgnores()
                .when(change(IN_PROGRESS, 510, NOON + 11))
                .thenIgnores()
                .when(event(COMPLETED, 520).at(NOON + 20).keyed(NOON, 0).ran(NOON + 10, NOON + 20, 1))
                .thenChangesNothingPublished()
                .when(change(IN_PROGRESS, 530, NOON + 25))
                .thenRejects(BACKWARD_TRANSITION)
                .diverged();
    }

    @Test
    void terminalChangeThatWebhookMissedCountsDespiteSlowDatabaseClock() {
        live().when(change(FAILED, 500, NOON - 5_000))
                .thenPublishes(IN_PROGRESS, FAILED, 3)
                .asForwardStep()
                .inAgreement();
    }

    @Test
    void rerunAfterTakeoverOpensEpoch() {
        ended().given(event(COMPLETED, 520).at(NOON + 20).keyed(NOON, 0).ran(NOON + 10, NOON + 20, 1))
                .when(event(SCHEDULED, 530).at(NOON + 90).keyed(NOON, 0).ran(NOON + 10, NOON + 20, 1))
                .inEpoch(2, EpochDecision.REOPENED)
                .inAgreement();
    }

    /** The webhook reported that the task was canceled, but not that a rerun of another task requeued it. */
    @Test
    void taskRequeuedBeforeTakeoverOpensEpoch() {
        canceled()
                .when(requeued(SCHEDULED, 0).fromSnapshot())
                .inEpoch(2, EpochDecision.REOPENED)
                .thenAlerts();
        canceled()
                .when(requeued(IN_PROGRESS, 0))
                .inEpoch(2, EpochDecision.REOPENED)
                .thenAlerts();
        canceled()
                .when(requeued(COMPLETED, NOON + 95).fromSnapshot())
                .inEpoch(2, EpochDecision.REOPENED)
                .andStaysAt(COMPLETED)
                .thenAlerts();
    }

    @Test
    void earlierCopyOfCanceledTaskIsLostUpdate() {
        canceled().when(change(IN_PROGRESS, 500, NOON + 90)).thenRejects(BACKWARD_TRANSITION);
    }

    @Test
    void childReopenedBeforeTakeoverOpensEpoch() {
        Story.ofType("SUB_WORKFLOW")
                .given(notification(FAILED, NOON + 20).keyed(NOON, 0).ran(NOON + 10, NOON + 20, -1))
                .when(change(IN_PROGRESS, 500, NOON + 90)
                        .ran(NOON + 10, NOON + 20, 1)
                        .fromSnapshot())
                .inEpoch(2, EpochDecision.REOPENED)
                .thenAlerts();
    }

    @Test
    void logCompletesTaskIdentity() {
        TaskState reported = StatusReducer.reduceFirst(
                        notification(IN_PROGRESS, NOON).toEvent(new TaskIdentity("t1", "", "", "", "")))
                .state();
        TaskState taken = StatusReducer.reduce(
                        reported, change(IN_PROGRESS, 500, NOON + 1).toEvent(Story.TASK))
                .state();
        assertThat(taken.task()).isEqualTo(Story.TASK);
    }

    private static Story canceled() {
        return live().given(notification(CANCELED, NOON + 20).keyed(NOON, 0).ran(NOON + 10, NOON + 20, -1));
    }

    private static TestEvent requeued(TaskStatus status, long endTime) {
        return change(status, 500, NOON + 100).ran(NOON + 80, endTime, 1);
    }

    @Test
    void deletionInLogTakesOverAndDeletesTask() {
        Story story = live().whenDeleted(500);
        assertThat(story.state().lastReported().isDeleted()).isTrue();
        assertThat(story.state().source()).isEqualTo(EventSource.CDC);
    }

    @Test
    void logTakesOverTaskOfNativeProducer() {
        story().given(event(IN_PROGRESS, 7_000).from(EventSource.NATIVE))
                .when(event(COMPLETED, 500).at(9_000))
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .when(event(FAILED, 8_000).from(EventSource.NATIVE))
                .thenRejects(SOURCE_MISMATCH);
    }

    @Test
    void webhookNeverTakesOverTaskOfLog() {
        story().given(event(IN_PROGRESS, 500))
                .when(notification(COMPLETED, NOON))
                .thenRejects(SOURCE_MISMATCH);
    }
}
