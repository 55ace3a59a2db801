package dev.ratchet.task;

import static dev.ratchet.task.EpochStories.completed;
import static dev.ratchet.task.EpochStories.failed;
import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.DUPLICATE;
import static dev.ratchet.task.RejectionReason.OUT_OF_ORDER;
import static dev.ratchet.task.RejectionReason.STALE_EPOCH;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which event opens an epoch, and to which epoch an event belongs. */
class EpochRuleTest {
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
}
