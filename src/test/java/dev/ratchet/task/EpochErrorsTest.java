package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.STALE_EPOCH;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;

import org.junit.jupiter.api.Test;

/** Known errors of the epoch rule, one test each, with the current behaviour. */
class EpochErrorsTest {

    /** Scheduled at 100, polled at 110, failed at 120; scheduled again at 200, like a sibling. */
    private static Story scheduledAnew() {
        return story().given(event(IN_PROGRESS, 1).keyed(100, 0).ran(110, 0, 1).executed(false))
                .given(event(CANCELED, 2).keyed(100, 0).ran(110, 120, 1).executed(false))
                .given(event(SCHEDULED, 3).keyed(200, 1).ran(0, 0, 0).executed(false));
    }

    @Test
    void lossOfUnreportedTerminalStatusIsMissed() {
        story().given(event(IN_PROGRESS, 1).keyed(100, 0).ran(110, 0, 1))
                .when(event(SCHEDULED, 3).keyed(100, 0).ran(110, 0, 1))
                .thenPublishes(IN_PROGRESS, SCHEDULED, 2)
                .inAgreement();
    }

    @Test
    void staleCopyOfReopenedEpochIsMistakenForReopening() {
        TestEvent open = event(IN_PROGRESS, 3).keyed(100, 0).ran(110, 120, 1);
        story().given(event(CANCELED, 2).keyed(100, 0).ran(110, 120, 1))
                .given(open)
                .inEpoch(2, EpochDecision.REOPENED)
                .given(event(CANCELED, 4).keyed(100, 0).ran(110, 120, 1))
                .when(event(IN_PROGRESS, 5).keyed(100, 0).ran(110, 120, 1))
                .inEpoch(3, EpochDecision.REOPENED);
    }

    @Test
    void siblingRequeuedBySlowClockIsMistakenForLostUpdate() {
        story().given(event(FAILED, 2).keyed(100, 0).ran(110, 120, 1))
                .when(event(SCHEDULED, 3).keyed(100, 0).ran(119, 0, 1).executed(false))
                .thenRejects(BACKWARD_TRANSITION);
    }

    @Test
    void secondStartIsMistakenForRequeuedSibling() {
        story().given(event(SCHEDULED, 1).keyed(100, 0).ran(0, 0, 0).executed(false))
                .given(event(FAILED, 2).keyed(100, 0).ran(110, 120, 1).executed(false))
                .when(event(SCHEDULED, 3).keyed(100, 0).ran(130, 0, 1).executed(false))
                .inEpoch(2, EpochDecision.SIBLING);
    }

    @Test
    void resumptionFromKnownTerminalCopyIsMissed() {
        scheduledAnew()
                .given(event(CANCELED, 4).keyed(100, 0).ran(110, 120, 1).executed(false))
                .when(event(CANCELED, 5).keyed(100, 0).ran(110, 120, 1).executed(true))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void pollOfOutdatedCopyIsMissedUntilItPassesClosedEpoch() {
        scheduledAnew()
                .given(event(SCHEDULED, 4).keyed(100, 0).ran(0, 0, 0).executed(false))
                .when(event(IN_PROGRESS, 5).keyed(100, 0).ran(220, 0, 1).executed(false))
                .thenRejects(STALE_EPOCH)
                .when(event(IN_PROGRESS, 6).keyed(100, 0).ran(220, 0, 2).executed(false))
                .inEpoch(3, EpochDecision.RESUMED);
    }

    @Test
    void twoConsecutiveStaleWritesAreMistakenForResumption() {
        scheduledAnew()
                .given(event(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1).executed(false))
                .when(event(COMPLETED, 5).keyed(100, 0).ran(110, 230, 1).executed(false))
                .inEpoch(3, EpochDecision.RESUMED);
    }

    @Test
    void secondRerunOfStaleCopyIsDetectedAtItsSecondRecord() {
        story().given(event(COMPLETED, 2).keyed(100, 0).ran(110, 120, 1))
                .given(event(SCHEDULED, 3).keyed(100, 0).ran(110, 120, 1))
                .given(event(SCHEDULED, 4).keyed(200, 0).ran(0, 0, 0))
                .given(event(COMPLETED, 5).keyed(100, 0).ran(110, 120, 1))
                .when(event(SCHEDULED, 6).keyed(100, 0).ran(110, 120, 1))
                .thenRejects(STALE_EPOCH)
                .when(event(SCHEDULED, 7).keyed(300, 0).ran(0, 0, 0))
                .inEpoch(3, EpochDecision.KEY);
    }

    @Test
    void retryOfStaleCopyWithKnownKeyIsMissed() {
        story().given(event(FAILED, 1).keyed(100, 0).ran(110, 120, 1))
                .given(event(IN_PROGRESS, 2).keyed(100, 1).ran(110, 120, 1))
                .given(event(FAILED, 3).keyed(100, 1).ran(110, 130, 2))
                .given(event(FAILED, 4).keyed(100, 0).ran(110, 120, 1))
                .when(event(IN_PROGRESS, 5).keyed(100, 1).ran(110, 120, 1))
                .thenRejects(BACKWARD_TRANSITION)
                .inEpoch(2, EpochDecision.KEY);
    }

    @Test
    void reinsertedDeletedRowIsMistakenForLostUpdate() {
        story().given(event(COMPLETED, 2).keyed(100, 0).ran(110, 120, 1))
                .whenDeleted(3)
                .inAgreement()
                .when(event(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1))
                .thenRejects(BACKWARD_TRANSITION)
                .diverged();
    }
}
