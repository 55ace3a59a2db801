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
import static dev.ratchet.task.TestEvent.event;

import org.junit.jupiter.api.Test;

/** Each piece of evidence that a resumption or reopening needs: without it, no epoch is opened. */
class ResumptionEvidenceTest {
    private static Story scheduledAnew(long endOfTheFirst) {
        return story().given(old(IN_PROGRESS, 1, 0, 1))
                .given(old(CANCELED, 2, endOfTheFirst, 1))
                .given(event(SCHEDULED, 3).keyed(200, 1).ran(0, 0, 0).executed(false))
                .given(event(IN_PROGRESS, 4).keyed(200, 1).ran(210, 0, 1).executed(false));
    }

    private static Story scheduledAnew() {
        return scheduledAnew(120);
    }

    private static TestEvent old(TaskStatus status, long sequence, long endTime, int pollCount) {
        return event(status, sequence)
                .keyed(100, 0)
                .ran(110, endTime, pollCount)
                .executed(false);
    }

    @Test
    void resumptionFollowsLastReport() {
        scheduledAnew()
                .given(old(IN_PROGRESS, 6, 0, 1))
                .when(old(IN_PROGRESS, 5, 0, 2))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void resumingPollIncrementsPollCountOfCopy() {
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(IN_PROGRESS, 6, 0, 3))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void copyOfNewStartIsNoResumption() {
        TestEvent started = event(SCHEDULED, 5).keyed(100, 0).ran(215, 0, 1).executed(false);
        scheduledAnew()
                .given(started)
                .when(event(SCHEDULED, 6).keyed(100, 0).ran(215, 0, 1).executed(false))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void resumingTerminalReportIsLaterThanClosedEpoch() {
        scheduledAnew(220)
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(COMPLETED, 6, 210, 1))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void resumptionFromTerminalReportKeepsItsEndTime() {
        scheduledAnew()
                .given(old(COMPLETED, 5, 230, 1))
                .when(old(COMPLETED, 6, 231, 1).executed(true))
                .thenRejects(STALE_EPOCH);
        scheduledAnew()
                .given(old(FAILED, 5, 230, 1))
                .when(old(COMPLETED_WITH_ERRORS, 6, 230, 1))
                .inEpoch(3, EpochDecision.RESUMED);
    }

    @Test
    void terminalReportFromEarlierEpochIsNoNewEvidence() {
        scheduledAnew()
                .given(old(COMPLETED, 5, 230, 1))
                .given(event(SCHEDULED, 6).keyed(300, 1).ran(0, 0, 0).executed(false))
                .given(old(COMPLETED, 7, 230, 1))
                .when(old(COMPLETED, 8, 230, 1).executed(true))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void requeuedSiblingMayResumeFromCopy() {
        scheduledAnew()
                .given(old(CANCELED, 5, 120, 1))
                .when(event(SCHEDULED, 6).keyed(100, 0).ran(240, 0, 1).executed(false))
                .inEpoch(3, EpochDecision.RESUMED);
    }

    @Test
    void childMayReopenCopy() {
        TestEvent end = event(FAILED, 2).keyed(100, 0).ran(110, 0, 1).subworkflowChanged(false);
        TestEvent stale = event(FAILED, 4).keyed(100, 0).ran(110, 0, 1).subworkflowChanged(false);
        Story.ofType("SUB_WORKFLOW")
                .given(end)
                .given(event(IN_PROGRESS, 3).keyed(200, 0).ran(200, 0, 0))
                .given(stale)
                .when(event(IN_PROGRESS, 5).keyed(100, 0).ran(110, 0, 1).subworkflowChanged(true))
                .inEpoch(3, EpochDecision.RESUMED);
    }

    @Test
    void onlyRerunReopensTerminalStatusThatWasReopenedInPlace() {
        for (TaskStatus status : new TaskStatus[] {SCHEDULED, IN_PROGRESS}) {
            Story story = story().given(old(CANCELED, 1, 120, 1))
                    .given(old(IN_PROGRESS, 2, 120, 1))
                    .given(event(SCHEDULED, 3).keyed(200, 0).ran(0, 0, 0))
                    .given(old(CANCELED, 4, 120, 1))
                    .when(old(status, 5, 120, 1));
            if (status == SCHEDULED) {
                story.inEpoch(4, EpochDecision.RESUMED);
            } else {
                story.thenRejects(STALE_EPOCH);
            }
        }
    }

    @Test
    void unseenRetryNeedsCompleteEvidence() {
        TestEvent from = event(FAILED, 3).keyed(100, 0).ran(110, 120, 1);
        TestEvent retry = event(IN_PROGRESS, 4).keyed(100, 1).ran(110, 120, 1);
        retried(from).when(retry).inEpoch(3, EpochDecision.RESUMED);
        retried(event(IN_PROGRESS, 3).keyed(100, 0).ran(110, 120, 1))
                .when(retry)
                .thenRejects(STALE_EPOCH);
        retried(from).when(event(FAILED, 4).keyed(100, 1).ran(110, 120, 1)).thenRejects(STALE_EPOCH);
        retried(from).when(retry.ran(110, 0, 1)).thenRejects(STALE_EPOCH);
        retried(from.keyed(0, 1)).when(retry.keyed(0, 2)).thenRejects(STALE_EPOCH);
    }

    private static Story retried(TestEvent copy) {
        return story().given(event(FAILED, 1).keyed(100, 0).ran(110, 120, 1))
                .given(event(SCHEDULED, 2).keyed(200, 3).ran(0, 0, 0))
                .given(copy);
    }

    @Test
    void requeuedSiblingFollowsTerminalReportOfItsEpoch() {
        TestEvent back = event(SCHEDULED, 6).keyed(200, 1).ran(240, 0, 1).executed(false);
        scheduledAnew().given(old(CANCELED, 5, 120, 1)).when(back).inEpoch(2, EpochDecision.KEY);
        story().given(old(FAILED, 3, 120, 1))
                .given(old(FAILED, 6, 120, 1))
                .when(event(SCHEDULED, 5).keyed(100, 0).ran(130, 0, 1).executed(false))
                .thenRejects(OUT_OF_ORDER);
    }

    @Test
    void rerunOfTickedEpochIsNoCopyOfTick() {
        story().given(old(CANCELED, 2, 120, 1))
                .given(old(IN_PROGRESS, 3, 120, 1))
                .given(old(IN_PROGRESS, 4, 120, 2))
                .given(old(CANCELED, 5, 120, 2))
                .when(old(SCHEDULED, 6, 120, 2))
                .inEpoch(3, EpochDecision.REOPENED);
    }

    @Test
    void copyOfTickDoesNotReopenSuccessWithEarlierEndTime() {
        for (EventSource source : new EventSource[] {EventSource.CDC, EventSource.NATIVE}) {
            Story story = story().given(old(CANCELED, 2, 120, 1).from(source))
                    .given(old(IN_PROGRESS, 3, 120, 1).from(source))
                    .given(old(COMPLETED, 4, 120, 2).from(source))
                    .when(old(IN_PROGRESS, 5, 120, 2).from(source));
            story.inEpoch(
                    source == EventSource.CDC ? 2 : 3, EpochDecision.REOPENED); // only a log shows who copied whom
        }
    }
}
