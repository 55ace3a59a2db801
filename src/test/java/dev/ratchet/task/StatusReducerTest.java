package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.DUPLICATE;
import static dev.ratchet.task.RejectionReason.OUT_OF_ORDER;
import static dev.ratchet.task.RejectionReason.STALE_EPOCH;
import static dev.ratchet.task.RejectionReason.TERMINAL_CONFLICT;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.COMPLETED_WITH_ERRORS;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Order of events within one epoch. */
class StatusReducerTest {
    @Test
    void staleOverwriteOfCompletedIsRejectedAndDiverges() {
        story().given(IN_PROGRESS, 2)
                .given(COMPLETED, 3)
                .when(IN_PROGRESS, 4)
                .thenRejects(BACKWARD_TRANSITION)
                .andStaysAt(COMPLETED)
                .lastReporting(IN_PROGRESS)
                .withLostUpdates(1)
                .diverged();
    }

    @Test
    void lateCompletedEventIsPublished() {
        story().given(IN_PROGRESS, 2)
                .given(IN_PROGRESS, 4)
                .when(COMPLETED, 3)
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .asForwardStep()
                .lastReporting(IN_PROGRESS)
                .diverged();
    }

    @Test
    void agreementOfSourceEndsDivergence() {
        story().given(COMPLETED, 3)
                .given(IN_PROGRESS, 4)
                .diverged()
                .when(COMPLETED, 5)
                .thenChangesNothingPublished()
                .inAgreement();
    }

    @Test
    void earlierTerminalStatusThatArrivesLateIsPublishedAsCorrection() {
        story().given(COMPLETED, 5)
                .when(FAILED, 3)
                .thenPublishes(COMPLETED, FAILED, 2)
                .asCorrectionOf(1)
                .inConflict();
    }

    @Test
    void transitionBeforePublishedSequenceIsCorrection() {
        story().given(IN_PROGRESS, 5)
                .given(IN_PROGRESS, 3)
                .when(COMPLETED, 4)
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .asCorrectionOf(1);
    }

    @Test
    void transitionBeforeCurrentSequenceIsCorrection() {
        story().given(IN_PROGRESS, 1)
                .given(IN_PROGRESS, 5)
                .given(SCHEDULED, 3)
                .when(COMPLETED, 4)
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .asCorrectionOf(1);
    }

    @Test
    void lateEventMakesEarlierReportCurrent() {
        story().given(COMPLETED, 2)
                .given(COMPLETED_WITH_ERRORS, 5)
                .when(FAILED, 1)
                .thenPublishes(COMPLETED, COMPLETED_WITH_ERRORS, 2);
    }

    @Test
    void failedOptionalTaskBecomesCompletedWithErrors() {
        story().given(FAILED, 3)
                .when(COMPLETED_WITH_ERRORS, 4)
                .thenPublishes(FAILED, COMPLETED_WITH_ERRORS, 2)
                .asForwardStep();
    }

    @Test
    void heartbeatThatRequeuesTaskIsPublished() {
        story().given(IN_PROGRESS, 2)
                .when(SCHEDULED, 3)
                .thenPublishes(IN_PROGRESS, SCHEDULED, 2)
                .asForwardStep();
    }

    @Test
    void redeliveredEventIsDuplicateAndKeepsState() {
        Story story = story().given(SCHEDULED, 1).given(IN_PROGRESS, 2);
        TaskState before = story.state();
        story.when(IN_PROGRESS, 2).thenRejects(DUPLICATE);
        assertThat(story.state()).isSameAs(before);
    }

    @Test
    void eventAtFirstOrLastSequenceOfItsStatusIsDuplicate() {
        Story story = story().given(IN_PROGRESS, 2).given(IN_PROGRESS, 4).given(IN_PROGRESS, 6);
        story.when(IN_PROGRESS, 2).thenRejects(DUPLICATE);
        story.when(IN_PROGRESS, 6).thenRejects(DUPLICATE);
        story.when(IN_PROGRESS, 4).thenChangesNothingPublished();
    }

    @Test
    void lateNonTerminalEventIsOutOfOrder() {
        story().given(SCHEDULED, 1)
                .given(IN_PROGRESS, 5)
                .when(SCHEDULED, 3)
                .thenRejects(OUT_OF_ORDER)
                .andStaysAt(IN_PROGRESS)
                .inAgreement();
    }

    @Test
    void terminalEventBeforeCurrentStatusIsOutOfOrder() {
        story().given(FAILED, 1)
                .given(COMPLETED_WITH_ERRORS, 5)
                .when(COMPLETED, 3)
                .thenRejects(OUT_OF_ORDER)
                .inAgreement();
    }

    @Test
    void lateChildMayOverwriteTerminalStatusOfSubWorkflowTask() {
        Story.ofType("SUB_WORKFLOW")
                .given(FAILED, 3)
                .when(COMPLETED, 4)
                .thenPublishes(FAILED, COMPLETED, 2)
                .asForwardStep()
                .inAgreement();
    }

    @Test
    void equalSequencesAreOrderedByStatus() {
        story().given(COMPLETED, 3).when(SCHEDULED, 3).thenRejects(OUT_OF_ORDER).andStaysAt(COMPLETED);
        story().given(SCHEDULED, 3).when(COMPLETED, 3).thenPublishes(SCHEDULED, COMPLETED, 2);
        story().given(COMPLETED, 3)
                .when(FAILED, 3)
                .thenRejects(TERMINAL_CONFLICT)
                .inConflict();
    }

    @Test
    void statedEpochOpensEpochAndOlderOneIsStale() {
        story().given(event(COMPLETED, 3).stating(1))
                .when(event(SCHEDULED, 9).stating(2))
                .thenPublishes(COMPLETED, SCHEDULED, 2)
                .inEpoch(2, EpochDecision.STATED)
                .when(event(IN_PROGRESS, 11).stating(1))
                .thenRejects(STALE_EPOCH)
                .andStaysAt(SCHEDULED)
                .lastReporting(IN_PROGRESS)
                .when(event(COMPLETED, 10).stating(2))
                .thenPublishes(SCHEDULED, COMPLETED, 3)
                .diverged();
    }

    @Test
    void eventOfAnotherTaskThrows() {
        TaskState state = story().given(SCHEDULED, 1).state();
        StatusEvent other = event(SCHEDULED, 2).toEvent(new TaskIdentity("t2", "", "", "", ""));
        assertThatThrownBy(() -> StatusReducer.reduce(state, other))
                .hasMessage("Expected an event of task t1, but got one of t2");
    }
}
