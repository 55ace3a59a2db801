package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.DUPLICATE;
import static dev.ratchet.task.RejectionReason.OUT_OF_ORDER;
import static dev.ratchet.task.RejectionReason.SOURCE_MISMATCH;
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
    void laterEventOfCurrentEpochIsLostUpdateDespiteOlderEpochs() {
        story().given(event(COMPLETED, 5).stating(2))
                .given(event(IN_PROGRESS, 9).stating(1))
                .when(event(IN_PROGRESS, 7).stating(2))
                .thenRejects(BACKWARD_TRANSITION)
                .withLostUpdates(1);
    }

    @Test
    void secondTerminalStatusIsConflictUntilSourceAgrees() {
        story().given(COMPLETED, 3)
                .when(FAILED, 4)
                .thenRejects(TERMINAL_CONFLICT)
                .andStaysAt(COMPLETED)
                .inConflict()
                .when(COMPLETED, 5)
                .inAgreement();
    }

    @Test
    void conflictAlertNamesBothTerminalReports() {
        story().given(COMPLETED, 3)
                .thenAlerts()
                .when(IN_PROGRESS, 5)
                .thenAlerts("LOST_UPDATE OPENED: Conductor overwrote the end of the task: COMPLETED at sequence 3,"
                        + " but it now holds IN_PROGRESS at sequence 5")
                .when(FAILED, 4)
                .thenAlerts("TERMINAL_CONFLICT OPENED: The task ended twice: first as COMPLETED at sequence 3,"
                        + " then as FAILED at sequence 4")
                .when(COMPLETED, 6)
                .thenAlerts(
                        "LOST_UPDATE RESOLVED: Conductor and Ratchet agree again: COMPLETED at sequence 6",
                        "TERMINAL_CONFLICT RESOLVED: Conductor and Ratchet agree again: COMPLETED at sequence 6");
    }

    @Test
    void lostUpdateAlertsOnceAndResolvesAtNewEpoch() {
        story().given(COMPLETED, 3)
                .given(IN_PROGRESS, 4)
                .when(IN_PROGRESS, 5)
                .thenAlerts()
                .when(event(SCHEDULED, 6).stating(2))
                .thenAlerts("LOST_UPDATE RESOLVED: A new epoch of the task has begun: SCHEDULED at sequence 6");
    }

    @Test
    void deletionResolvesConflictOnce() {
        Story story = story().given(COMPLETED, 3)
                .given(FAILED, 4)
                .whenDeleted(5)
                .thenAlerts("TERMINAL_CONFLICT RESOLVED: Conductor deleted the task")
                .inAgreement();
        TaskState before = story.state();
        assertThat(story.whenDeleted(6).state()).isSameAs(before);
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
    void eventOfAnotherSourceIsRejected() {
        Story story = story().given(event(IN_PROGRESS, 2).from(EventSource.CDC));
        TaskState before = story.state();
        story.when(event(COMPLETED, 1_700_000_000_000L).from(EventSource.WEBHOOK))
                .thenRejects(SOURCE_MISMATCH);
        assertThat(story.state()).isSameAs(before);
    }

    @Test
    void auditResultCountsAtItsRequestSequence() {
        story().given(event(IN_PROGRESS, 2).from(EventSource.WEBHOOK))
                .when(event(COMPLETED, 2).from(EventSource.AUDIT))
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .inAgreement();
    }

    @Test
    void auditResultBehindLaterEventIsIgnored() {
        story().given(event(IN_PROGRESS, 2).from(EventSource.WEBHOOK))
                .given(event(IN_PROGRESS, 4).from(EventSource.WEBHOOK))
                .when(event(COMPLETED, 2).from(EventSource.AUDIT))
                .thenIgnores()
                .when(event(COMPLETED, 5).from(EventSource.AUDIT))
                .thenIgnores()
                .andStaysAt(IN_PROGRESS);
    }

    @Test
    void sourceIsThatOfFirstEventThatIsNoAudit() {
        Story story =
                story().given(event(IN_PROGRESS, 2).from(EventSource.AUDIT)).when(event(IN_PROGRESS, 2));
        assertThat(story.state().source()).isEqualTo(EventSource.CDC);
        story.when(event(COMPLETED, 2).from(EventSource.AUDIT)).thenPublishes(IN_PROGRESS, COMPLETED, 2);
        assertThat(story.state().source()).isEqualTo(EventSource.CDC);
    }

    @Test
    void deletionEndsDivergenceUntilRowIsWrittenAgain() {
        story().given(COMPLETED, 3)
                .given(IN_PROGRESS, 4)
                .diverged()
                .whenDeleted(5)
                .inAgreement()
                .when(IN_PROGRESS, 6)
                .diverged();
    }

    @Test
    void redeliveredDeletionAfterNewWriteChangesNothing() {
        story().given(COMPLETED, 3)
                .whenDeleted(5)
                .given(IN_PROGRESS, 6)
                .whenDeleted(5)
                .diverged();
    }

    @Test
    void timelineKeepsLatestEntriesUpToItsLimit() {
        Story story = story().given(SCHEDULED, 1);
        for (int beat = 2; beat < 30; beat++) {
            story.given(beat % 2 == 0 ? IN_PROGRESS : SCHEDULED, beat);
        }
        assertThat(story.state().bookkeeping().timeline()).hasSize(TimelineEntry.MAX_ENTRIES);
        assertThat(story.state().bookkeeping().timeline().get(TimelineEntry.MAX_ENTRIES - 1))
                .isEqualTo(new TimelineEntry(OutcomeKind.ACCEPTED, new Observation(SCHEDULED, 29, 29)));
    }

    @Test
    void timelineListsEventsWithTheirOutcomes() {
        TaskState state = story().given(COMPLETED, 2)
                .given(COMPLETED_WITH_ERRORS, 5)
                .given(FAILED, 1)
                .state();
        assertThat(state.bookkeeping().timeline())
                .containsExactly(
                        new TimelineEntry(OutcomeKind.ACCEPTED, new Observation(COMPLETED, 2, 2)),
                        new TimelineEntry(OutcomeKind.TERMINAL_CONFLICT, new Observation(COMPLETED_WITH_ERRORS, 5, 5)),
                        new TimelineEntry(OutcomeKind.CORRECTION, new Observation(FAILED, 1, 1)));
    }

    @Test
    void recordTimestampsNeverDecrease() {
        TaskIdentity task = Story.TASK;
        Outcome first = StatusReducer.reduceFirst(
                new StatusEvent(task, IN_PROGRESS, 0, 1, 9_000, EventSource.CDC, EpochEvidence.NONE));
        TaskState published =
                ((Outcome.Accepted) first).withTimestamp(9_000, 9_500).state();
        Outcome second = StatusReducer.reduce(
                published, new StatusEvent(task, COMPLETED, 0, 2, 5_000, EventSource.CDC, EpochEvidence.NONE));
        assertThat(second).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.change().occurredAt()).isEqualTo(5_000);
            StatusChange late = accepted.withTimestamp(6_000, 9_600).change();
            assertThat(late.timestamp()).isEqualTo(9_000);
            // Another instance, whose clock is a little behind.
            assertThat(accepted.withTimestamp(8_000, 8_500).change().timestamp())
                    .isEqualTo(9_000);
        });
    }

    @Test
    void rejectionMessageNamesExpectedAndActual() {
        Story.ofType("SUB_WORKFLOW")
                .given(FAILED, 3)
                .when(IN_PROGRESS, 5)
                .withMessage(
                        "Expected one of [COMPLETED, COMPLETED_WITH_ERRORS, FAILED_WITH_TERMINAL_ERROR, TIMED_OUT, CANCELED]"
                                + " to follow FAILED, but got IN_PROGRESS at sequence 5")
                .when(SCHEDULED, 4)
                .withMessage("Expected something later than sequence 5, but got SCHEDULED at sequence 4")
                .given(event(SCHEDULED, 6).stating(2))
                .when(event(IN_PROGRESS, 7).stating(1))
                .withMessage("Expected epoch 2 of the task, but IN_PROGRESS at sequence 7 belongs to an earlier one");
    }

    @Test
    void eventOfAnotherTaskThrows() {
        TaskState state = story().given(SCHEDULED, 1).state();
        StatusEvent other = event(SCHEDULED, 2).toEvent(new TaskIdentity("t2", "", "", "", ""));
        assertThatThrownBy(() -> StatusReducer.reduce(state, other))
                .hasMessage("Expected an event of task t1, but got one of t2");
    }
}
