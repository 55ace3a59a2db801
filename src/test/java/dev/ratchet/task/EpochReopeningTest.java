package dev.ratchet.task;

import static dev.ratchet.task.EpochStories.completed;
import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.OUT_OF_ORDER;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;

import org.junit.jupiter.api.Test;

/** A copy of a terminal row reopens a task or is a lost update. */
class EpochReopeningTest {
    @Test
    void staleCopyWithoutEndTimeIsLostUpdate() {
        completed()
                .when(event(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1))
                .thenRejects(BACKWARD_TRANSITION)
                .inEpoch(1, EpochDecision.FIRST)
                .diverged();
    }

    @Test
    void copyWithRecordedEndTimeReopensTask() {
        completed()
                .when(event(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .thenPublishes(COMPLETED, SCHEDULED, 4)
                .inEpoch(2, EpochDecision.REOPENED)
                .inAgreement();
    }

    @Test
    void copyWithDifferentEndTimeIsLostUpdate() {
        completed()
                .when(event(SCHEDULED, 4).keyed(100, 0).ran(110, 119, 1))
                .thenRejects(BACKWARD_TRANSITION)
                .when(event(SCHEDULED, 5).keyed(100, 0).ran(110, 120, 2))
                .thenRejects(BACKWARD_TRANSITION)
                .inEpoch(1, EpochDecision.FIRST);
    }

    @Test
    void copyWithAnyEarlierEndTimeReopensTask() {
        TestEvent again = event(COMPLETED, 5).keyed(100, 0).ran(110, 125, 1);
        completed()
                .given(again)
                .when(event(SCHEDULED, 6).keyed(100, 0).ran(110, 120, 1))
                .inEpoch(2, EpochDecision.REOPENED);
        completed()
                .given(again)
                .when(event(SCHEDULED, 6).keyed(100, 0).ran(110, 125, 1))
                .inEpoch(2, EpochDecision.REOPENED);
        completed()
                .given(again)
                .when(event(IN_PROGRESS, 4).keyed(100, 0).ran(110, 125, 1))
                .inEpoch(1, EpochDecision.FIRST)
                .when(event(IN_PROGRESS, 5).keyed(100, 0).ran(110, 125, 1))
                .thenRejects(OUT_OF_ORDER)
                .inEpoch(1, EpochDecision.FIRST);
    }

    @Test
    void subWorkflowTaskIsReopenedOnlyByItsChild() {
        Story.ofType("SUB_WORKFLOW")
                .given(event(FAILED, 3).keyed(100, 0).ran(110, 120, 1))
                .when(event(IN_PROGRESS, 4).keyed(100, 0).ran(110, 120, 1).subworkflowChanged(false))
                .thenRejects(BACKWARD_TRANSITION)
                .when(event(IN_PROGRESS, 5).keyed(100, 0).ran(110, 120, 1).subworkflowChanged(true))
                .inEpoch(2, EpochDecision.REOPENED)
                .when(event(IN_PROGRESS, 6).keyed(100, 0).ran(110, 120, 1).subworkflowChanged(false))
                .thenChangesNothingPublished();
    }

    @Test
    void endTimeSufficesForReopeningFromWebhook() {
        story().given(event(COMPLETED, 3).from(EventSource.WEBHOOK).ran(110, 120, EpochKey.NO_COUNT))
                .when(event(SCHEDULED, 4).from(EventSource.WEBHOOK).ran(110, 120, EpochKey.NO_COUNT))
                .inEpoch(2, EpochDecision.REOPENED);
        Story.ofType("SUB_WORKFLOW")
                .given(event(FAILED, 3).ran(110, 120, EpochKey.NO_COUNT).from(EventSource.WEBHOOK))
                .when(event(SCHEDULED, 4).ran(110, 120, EpochKey.NO_COUNT).from(EventSource.WEBHOOK))
                .thenRejects(BACKWARD_TRANSITION);
    }

    @Test
    void missingPollCountMatchesAnyPollCount() {
        TestEvent counted = event(COMPLETED, 3).ran(110, 120, 1);
        TestEvent uncounted = event(COMPLETED, 3).ran(110, 120, EpochKey.NO_COUNT);
        story().given(counted)
                .when(event(SCHEDULED, 4).ran(110, 120, EpochKey.NO_COUNT))
                .inEpoch(2, EpochDecision.REOPENED);
        story().given(uncounted).when(event(SCHEDULED, 4).ran(110, 120, 1)).inEpoch(2, EpochDecision.REOPENED);
    }

    @Test
    void subWorkflowTaskWithoutEndTimeIsReopenedByItsChild() {
        TestEvent end = event(COMPLETED, 3).keyed(100, 0).ran(110, 0, 1).subworkflowChanged(false);
        TestEvent open = event(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1).subworkflowChanged(true);
        Story.ofType("SUB_WORKFLOW").given(end).when(open).inEpoch(2, EpochDecision.REOPENED);
        Story.ofType("SUB_WORKFLOW").given(end).when(open.ran(111, 0, 1)).thenRejects(BACKWARD_TRANSITION);
        Story.ofType("SUB_WORKFLOW").given(end).when(open.ran(110, 0, 2)).thenRejects(BACKWARD_TRANSITION);
        Story.ofType("SUB_WORKFLOW")
                .given(end.subworkflowChanged(true))
                .when(open)
                .thenRejects(BACKWARD_TRANSITION);
    }

    @Test
    void copyWithDifferentStartTimeDoesNotReopenTask() {
        completed().when(event(SCHEDULED, 4).keyed(100, 0).ran(105, 120, 1)).thenRejects(BACKWARD_TRANSITION);
        completed().when(event(SCHEDULED, 4).keyed(100, 0).ran(0, 120, 1)).inEpoch(2, EpochDecision.REOPENED);
    }
}
