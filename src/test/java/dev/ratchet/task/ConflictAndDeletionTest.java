package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.TERMINAL_CONFLICT;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Alerts of conflicts and lost updates, and how agreement or a deletion ends them. */
class ConflictAndDeletionTest {
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
}
