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
import static dev.ratchet.task.TestEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One story per condition of the epoch rule; times are as Conductor writes them (CONDUCTOR.md §3). */
class EpochRuleTest {

    /** The first epoch, completed: scheduled at 100, started at 110, ended at 120, polled once. */
    private static Story completed() {
        return story().given(event(SCHEDULED, 1).keyed(100, 0).ran(0, 0, 0))
                .given(event(IN_PROGRESS, 2).keyed(100, 0).ran(110, 0, 1))
                .given(event(COMPLETED, 3).keyed(100, 0).ran(110, 120, 1));
    }

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
    void bothRecordsOfRerunOpenOneEpoch() {
        completed()
                .given(event(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .when(event(SCHEDULED, 5).keyed(200, 0).ran(0, 0, 0))
                .thenChangesNothingPublished()
                .inEpoch(2, EpochDecision.RERUN)
                .when(event(IN_PROGRESS, 6).keyed(200, 0).ran(210, 0, 1))
                .inEpoch(2, EpochDecision.RERUN)
                .when(event(IN_PROGRESS, 7).keyed(100, 0).ran(110, 0, 1))
                .thenRejects(STALE_EPOCH)
                .when(event(SCHEDULED, 8).keyed(100, 0).ran(0, 0, 0))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void onlyFirstRecordOfRerunIsJoinedByNewKey() {
        completed()
                .given(event(IN_PROGRESS, 4).keyed(100, 0).ran(110, 120, 1))
                .when(event(SCHEDULED, 5).keyed(200, 0).ran(0, 0, 0))
                .inEpoch(3, EpochDecision.KEY)
                .when(event(SCHEDULED, 6).keyed(300, 0).ran(0, 0, 0))
                .inEpoch(4, EpochDecision.KEY);
        completed()
                .given(event(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .given(event(SCHEDULED, 5).keyed(200, 0).ran(0, 0, 0))
                .inEpoch(2, EpochDecision.RERUN)
                .when(event(SCHEDULED, 6).keyed(300, 0).ran(0, 0, 0))
                .inEpoch(3, EpochDecision.KEY);
    }

    @Test
    void laterScheduledTimeOpensEpoch() {
        completed()
                .when(event(SCHEDULED, 4).keyed(200, 0).ran(0, 0, 0))
                .inEpoch(2, EpochDecision.KEY)
                .inAgreement();
    }

    @Test
    void higherRetryCountOpensEpoch() {
        completed().when(event(IN_PROGRESS, 4).keyed(100, 1).ran(110, 0, 1)).inEpoch(2, EpochDecision.KEY);
    }

    @Test
    void unknownScheduledTimeIsFilledInWithoutNewEpoch() {
        story().given(event(SCHEDULED, 1).keyed(0, 1))
                .when(event(SCHEDULED, 2).keyed(100, 1))
                .thenChangesNothingPublished()
                .inEpoch(1, EpochDecision.FIRST)
                .when(event(SCHEDULED, 3).keyed(100, 1))
                .inEpoch(1, EpochDecision.FIRST)
                .when(event(SCHEDULED, 4).keyed(200, 1))
                .inEpoch(2, EpochDecision.KEY);
    }

    @Test
    void copyOfClosedEpochIsStaleAndLastReported() {
        completed()
                .given(event(SCHEDULED, 4).keyed(200, 0).ran(0, 0, 0))
                .given(event(COMPLETED, 5).keyed(200, 0).ran(210, 220, 1))
                .when(event(IN_PROGRESS, 6).keyed(100, 0).ran(110, 0, 1))
                .thenRejects(STALE_EPOCH)
                .andStaysAt(COMPLETED)
                .lastReporting(IN_PROGRESS)
                .diverged();
    }

    @Test
    void redeliveredRecordOfClosedEpochIsStale() {
        Story story = completed().given(event(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1));
        TaskState before = story.state();
        story.when(event(IN_PROGRESS, 2).keyed(100, 0).ran(110, 0, 1)).thenRejects(STALE_EPOCH);
        assertThat(story.state()).isSameAs(before);
    }

    @Test
    void redeliveredOpeningRecordIsDuplicate() {
        TestEvent opening = event(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1);
        completed().given(opening).when(opening).thenRejects(DUPLICATE);
    }

    @Test
    void earlierSequenceOfNativeEventDoesNotImplyEarlierEpoch() {
        story().given(event(COMPLETED, 3).ran(110, 120, 1).from(EventSource.NATIVE))
                .given(event(SCHEDULED, 5).ran(110, 120, 1).from(EventSource.NATIVE))
                .inEpoch(2, EpochDecision.REOPENED)
                .when(event(IN_PROGRESS, 4).from(EventSource.NATIVE))
                .thenRejects(OUT_OF_ORDER);
    }

    @Test
    void auditResultBelongsToCurrentEpoch() {
        completed()
                .when(event(IN_PROGRESS, 3).keyed(200, 0).from(EventSource.AUDIT))
                .thenRejects(BACKWARD_TRANSITION)
                .inEpoch(1, EpochDecision.FIRST);
    }

    @Test
    void freshStartWithEarlierScheduledTimeOpensEpochWithClockSkew() {
        completed()
                .when(event(SCHEDULED, 4).keyed(90, 0).ran(0, 0, 0))
                .inEpoch(2, EpochDecision.CLOCK_SKEW)
                .thenAlerts(
                        "CLOCK_SKEW OPENED: The clocks of Conductor's servers differ: epoch 2 of the task has an earlier"
                                + " scheduledTime than the epoch before, 90")
                .when(event(IN_PROGRESS, 5).keyed(100, 0).ran(110, 0, 1))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void clockSkewAlertIsResolvedByNextEpochOrDeletion() {
        TestEvent skewed = event(SCHEDULED, 4).keyed(90, 0).ran(0, 0, 0);
        completed()
                .given(skewed)
                .when(event(SCHEDULED, 5).keyed(200, 0).ran(0, 0, 0))
                .thenAlerts("CLOCK_SKEW RESOLVED: A new epoch of the task has begun: SCHEDULED at sequence 5");
        completed().given(skewed).whenDeleted(5).thenAlerts("CLOCK_SKEW RESOLVED: Conductor deleted the task");
    }

    @Test
    void earlierKeyWithoutFreshStartEvidenceIsStale() {
        TestEvent fresh = event(SCHEDULED, 4).keyed(90, 0).ran(0, 0, 0);
        completed().when(fresh).inEpoch(2, EpochDecision.CLOCK_SKEW);
        completed().when(event(IN_PROGRESS, 4).keyed(90, 0).ran(0, 0, 0)).thenRejects(STALE_EPOCH);
        completed().when(fresh.ran(85, 0, 0)).thenRejects(STALE_EPOCH);
        completed().when(fresh.ran(0, 85, 0)).thenRejects(STALE_EPOCH);
        completed().when(fresh.ran(0, 0, 1)).thenRejects(STALE_EPOCH);
        completed().when(event(SCHEDULED, 2).keyed(90, 0).ran(0, 0, 0)).thenRejects(STALE_EPOCH);
        story().given(event(COMPLETED, 3).keyed(100, 0).from(EventSource.NATIVE))
                .when(fresh.from(EventSource.NATIVE))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void freshStartNeedsUnseenScheduledTime() {
        Story retried = story().given(event(SCHEDULED, 1).keyed(90, 1))
                .given(event(COMPLETED, 3).keyed(100, 1));
        retried.when(event(SCHEDULED, 4).keyed(0, 0).ran(0, 0, 0)).thenRejects(STALE_EPOCH);
        retried.when(event(SCHEDULED, 5).keyed(100, 0).ran(0, 0, 0)).thenRejects(STALE_EPOCH);
        retried.when(event(SCHEDULED, 6).keyed(90, 0).ran(0, 0, 0)).thenRejects(STALE_EPOCH);
    }

    @Test
    void requeuedSiblingOpensEpoch() {
        failed(110, 120)
                .when(event(SCHEDULED, 4).keyed(100, 0).ran(130, 0, 1).executed(false))
                .inEpoch(2, EpochDecision.SIBLING);
    }

    @Test
    void staleCopyOfFailedRunIsNotRequeuedSibling() {
        failed(110, 120)
                .when(event(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1).executed(false))
                .thenRejects(BACKWARD_TRANSITION);
    }

    @Test
    void requeuedSiblingNeedsCompleteEvidence() {
        TestEvent back = event(SCHEDULED, 4).keyed(100, 0).ran(130, 0, 1).executed(false);
        failed(110, 120).when(back.ran(130, 119, 1)).thenRejects(BACKWARD_TRANSITION);
        failed(110, 120).when(back.ran(130, 0, 2)).thenRejects(BACKWARD_TRANSITION);
        failed(110, 120).when(back.ran(115, 0, 1)).thenRejects(BACKWARD_TRANSITION);
        failed(110, 120).when(back.ran(120, 0, 1)).thenRejects(BACKWARD_TRANSITION);
        failed(110, 0).when(back.ran(110, 0, 1)).thenRejects(BACKWARD_TRANSITION);
        failed(110, 120).when(back.executed(true)).thenRejects(BACKWARD_TRANSITION);
        failed(110, 120).when(event(SCHEDULED, 4).keyed(100, 0).ran(130, 0, 1)).thenRejects(BACKWARD_TRANSITION);
        completed().when(back).thenRejects(BACKWARD_TRANSITION);
        story().given(event(FAILED, 3).keyed(100, 0).ran(110, 120, EpochKey.NO_COUNT))
                .when(back.ran(130, 0, EpochKey.NO_COUNT))
                .thenRejects(BACKWARD_TRANSITION);
    }

    private static Story failed(long startTime, long endTime) {
        return story().given(event(IN_PROGRESS, 2).keyed(100, 0).ran(startTime, 0, 1))
                .given(event(FAILED, 3).keyed(100, 0).ran(startTime, endTime, 1));
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
    void eventWithoutEvidenceBelongsToCurrentEpoch() {
        story().given(event(COMPLETED, 3).stating(4))
                .when(IN_PROGRESS, 5)
                .thenRejects(BACKWARD_TRANSITION)
                .inEpoch(4, EpochDecision.STATED);
    }

    @Test
    void reopenedEpochInheritsMissingKeyParts() {
        completed()
                .given(event(SCHEDULED, 4).ran(110, 120, 1))
                .inEpoch(2, EpochDecision.REOPENED)
                .when(event(IN_PROGRESS, 5).keyed(90, 0))
                .thenRejects(STALE_EPOCH);
        failed(110, 120)
                .given(event(SCHEDULED, 4).ran(130, 0, 1).executed(false))
                .inEpoch(2, EpochDecision.SIBLING)
                .when(event(IN_PROGRESS, 5).keyed(90, 0))
                .thenRejects(STALE_EPOCH);
        completed()
                .given(event(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .given(event(SCHEDULED, 5).keyed(200, EpochKey.NO_COUNT))
                .inEpoch(2, EpochDecision.RERUN)
                .when(event(IN_PROGRESS, 6).keyed(200, 1))
                .inEpoch(3, EpochDecision.KEY);
    }

    @Test
    void statedEpochDoesNotInheritMissingKeyParts() {
        story().given(event(COMPLETED, 3).keyed(100, 1).stating(1))
                .given(event(SCHEDULED, 4).stating(2))
                .when(event(IN_PROGRESS, 5).keyed(200, 0))
                .thenPublishes(SCHEDULED, IN_PROGRESS, 3)
                .inEpoch(2, EpochDecision.STATED);
    }

    @Test
    void lateTerminalReportIsKeptWhenRerunRecordJoins() {
        story().given(event(COMPLETED, 3).keyed(100, 0).ran(110, 120, 1).from(EventSource.NATIVE))
                .given(event(SCHEDULED, 5).keyed(100, 0).ran(110, 120, 1).from(EventSource.NATIVE))
                .given(event(FAILED, 4).keyed(100, 0).ran(110, 118, 1).from(EventSource.NATIVE))
                .given(event(SCHEDULED, 6).keyed(200, 0).from(EventSource.NATIVE))
                .inEpoch(2, EpochDecision.RERUN)
                .when(event(IN_PROGRESS, 7).keyed(200, 0).ran(110, 118, 1).from(EventSource.NATIVE))
                .inEpoch(3, EpochDecision.REOPENED);
    }

    @Test
    void closedEpochsAndTerminalReportsAreBounded() {
        Story story = story();
        for (int epochState = 1; epochState < 60; epochState++) {
            for (int end = 0; end < 20; end++) {
                story.when(event(COMPLETED, epochState * 100L + end)
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
        story.when(event(COMPLETED, 5_900).keyed(59, 0).ran(1, 5_900, 1)).thenRejects(DUPLICATE);
        assertThat(story.state()).isSameAs(state);
    }

    @Test
    void reusedKeyBelongsToCurrentEpochOnly() {
        Story story = story();
        for (int epochState = 1; epochState < 6; epochState++) {
            story.given(event(SCHEDULED, epochState)
                    .keyed(epochState % 2 == 0 ? 200 : 100, 0)
                    .stating(epochState));
        }
        assertThat(story.state().epoch().key()).isEqualTo(new EpochKey(100, 0));
        assertThat(story.state().epoch().closed()).extracting(ClosedEpoch::key).containsExactly(new EpochKey(200, 0));
    }

    @Test
    void terminalReportHasSequenceOfItsFirstRecord() {
        TestEvent end = event(COMPLETED, 3).keyed(100, 0).ran(110, 120, 1);
        TestEvent again = event(COMPLETED, 5).keyed(100, 0).ran(110, 120, 1);
        TestEvent reopening = event(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1);
        story().given(end).given(again).when(reopening).inEpoch(2, EpochDecision.REOPENED);
        Story late = story().given(again).given(end);
        assertThat(late.state().epoch().terminalReports()).containsExactly(TerminalReport.of(end.toEvent(Story.TASK)));
        late.when(reopening).inEpoch(2, EpochDecision.REOPENED);
    }

    @Test
    void duplicateAddsMissingTerminalEvidence() {
        story().given(event(COMPLETED, 3))
                .when(event(COMPLETED, 3).ran(110, 120, 1))
                .thenRejects(DUPLICATE)
                .when(event(SCHEDULED, 4).ran(110, 120, 1))
                .inEpoch(2, EpochDecision.REOPENED);
    }

    @Test
    void terminalReportsDifferByAnyField() {
        Story story = story().given(event(COMPLETED, 3).ran(110, 120, 1))
                .given(event(FAILED, 4).ran(110, 120, 1))
                .given(event(COMPLETED, 5).ran(111, 120, 1))
                .given(event(COMPLETED, 6).ran(110, 121, 1))
                .given(event(COMPLETED, 7).ran(110, 120, 2))
                .given(event(COMPLETED, 8).ran(110, 120, 1));
        assertThat(story.state().epoch().terminalReports())
                .extracting(TerminalReport::sequence)
                .containsExactly(3L, 4L, 5L, 6L, 7L);
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

    @Test
    void latePollIsNotRequeuedSibling() {
        failed(110, 120)
                .when(event(IN_PROGRESS, 4).keyed(100, 0).ran(130, 0, 1).executed(false))
                .thenRejects(BACKWARD_TRANSITION);
    }

    @Test
    void copyOfRequeuedSiblingOpensNoEpoch() {
        TestEvent back = event(SCHEDULED, 4).keyed(100, 0).ran(130, 0, 1).executed(false);
        failed(110, 120)
                .given(back)
                .given(event(FAILED, 5).keyed(100, 0).ran(130, 140, 1))
                .given(event(FAILED, 6).keyed(100, 0).ran(110, 120, 1))
                .when(event(SCHEDULED, 7).keyed(100, 0).ran(130, 0, 1).executed(false))
                .thenRejects(BACKWARD_TRANSITION)
                .inEpoch(2, EpochDecision.SIBLING);
    }

    @Test
    void requeuedSiblingOpensEpochAfterStaleTerminalReport() {
        TestEvent back = event(SCHEDULED, 4).keyed(100, 0).ran(130, 0, 1).executed(false);
        failed(110, 120)
                .given(back)
                .given(event(FAILED, 5).keyed(100, 0).ran(110, 120, 1))
                .when(event(SCHEDULED, 6).keyed(100, 0).ran(130, 0, 1).executed(false))
                .inEpoch(3, EpochDecision.SIBLING);
    }

    @Test
    void secondRecordOfRerunJoinsAfterOtherRecords() {
        completed()
                .given(event(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .given(event(IN_PROGRESS, 5).keyed(100, 0).ran(110, 120, 2))
                .when(event(SCHEDULED, 6).keyed(200, 0).ran(0, 0, 0))
                .inEpoch(2, EpochDecision.RERUN);
        completed()
                .given(event(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .given(event(COMPLETED, 5).keyed(100, 0).ran(110, 130, 1))
                .when(event(SCHEDULED, 6).keyed(200, 0).ran(0, 0, 0))
                .inEpoch(3, EpochDecision.KEY);
    }

    @Test
    void secondRecordOfRerunWithSlowClockJoinsWithClockSkew() {
        completed()
                .given(event(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .when(event(SCHEDULED, 5).keyed(90, 0).ran(0, 0, 0))
                .inEpoch(2, EpochDecision.CLOCK_SKEW)
                .thenAlerts(
                        "CLOCK_SKEW OPENED: The clocks of Conductor's servers differ: epoch 2 of the task has an earlier"
                                + " scheduledTime than the epoch before, 90")
                .when(event(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1))
                .thenRejects(STALE_EPOCH)
                .inEpoch(2, EpochDecision.CLOCK_SKEW);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"SCHEDULED", "IN_PROGRESS"},
            mode = EnumSource.Mode.EXCLUDE)
    void onlyUnsuccessfulTasksAreRequeuedAsSiblings(TaskStatus end) {
        Story story = story().given(event(end, 3).ran(110, 120, 1))
                .when(event(SCHEDULED, 4).ran(130, 0, 1).executed(false));
        boolean succeeded = Set.of(COMPLETED, COMPLETED_WITH_ERRORS, SKIPPED).contains(end);
        assertThat(story.state().epoch().decision()).isEqualTo(succeeded ? EpochDecision.FIRST : EpochDecision.SIBLING);
    }
}
