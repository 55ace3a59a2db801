package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.STALE_EPOCH;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A copy of a closed epoch overwrites the current one, and Conductor resumes from it or not. */
class ResumptionRuleTest {
    /** A first epoch that failed at 120, polled once, and a second one, scheduled at 200 and polled at 210. */
    private static Story scheduledAnew() {
        return story().given(event(IN_PROGRESS, 1).keyed(100, 0).ran(110, 0, 1).executed(false))
                .given(event(CANCELED, 2).keyed(100, 0).ran(110, 120, 1).executed(false))
                .given(event(SCHEDULED, 3).keyed(200, 1).ran(0, 0, 0).executed(false))
                .given(event(IN_PROGRESS, 4).keyed(200, 1).ran(210, 0, 1).executed(false))
                .inEpoch(2, EpochDecision.KEY);
    }

    private static TestEvent old(TaskStatus status, long sequence, long endTime, int pollCount) {
        return event(status, sequence)
                .keyed(100, 0)
                .ran(110, endTime, pollCount)
                .executed(false);
    }

    @Test
    void staleCopyAloneIsNoResumption() {
        scheduledAnew().when(old(IN_PROGRESS, 5, 0, 1)).thenRejects(STALE_EPOCH);
        scheduledAnew().when(old(IN_PROGRESS, 5, 0, 2)).thenRejects(STALE_EPOCH);
        scheduledAnew().when(old(COMPLETED, 5, 230, 1)).thenRejects(STALE_EPOCH);
        scheduledAnew().when(old(SCHEDULED, 5, 120, 1)).thenRejects(STALE_EPOCH);
    }

    @Test
    void pollOfStaleCopyOpensEpochWithOldKey() {
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(IN_PROGRESS, 6, 0, 2))
                .inEpoch(3, EpochDecision.RESUMED)
                .inAgreement()
                .when(event(COMPLETED, 7).keyed(200, 1).ran(210, 230, 1))
                .thenRejects(STALE_EPOCH)
                .when(old(COMPLETED, 8, 240, 2))
                .thenPublishes(IN_PROGRESS, COMPLETED, 6);
    }

    @Test
    void copyOfStaleCopyIsNoResumption() {
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(IN_PROGRESS, 6, 0, 1))
                .thenRejects(STALE_EPOCH)
                .when(old(SCHEDULED, 7, 0, 1))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void pollThatWasReportedBeforeIsNoResumption() {
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 2))
                .given(old(SCHEDULED, 6, 0, 1))
                .when(old(IN_PROGRESS, 7, 0, 2))
                .thenRejects(STALE_EPOCH)
                .when(old(IN_PROGRESS, 8, 0, 3))
                .inEpoch(3, EpochDecision.RESUMED);
    }

    @Test
    void terminalReportFromStaleCopyOpensEpochIfLaterThanCurrentEpochStart() {
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(COMPLETED, 6, 230, 1))
                .thenPublishes(IN_PROGRESS, COMPLETED, 5)
                .inEpoch(3, EpochDecision.RESUMED);
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(COMPLETED, 6, 200, 1))
                .thenRejects(STALE_EPOCH);
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(CANCELED, 6, 120, 1))
                .thenRejects(STALE_EPOCH);
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(old(COMPLETED, 6, 230, 1).executed(true))
                .thenRejects(STALE_EPOCH);
        scheduledAnew()
                .given(old(IN_PROGRESS, 5, 0, 1))
                .when(event(COMPLETED, 6).keyed(100, 0).ran(105, 230, 1).executed(false))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void resumptionFromLateTerminalReportOpensEpoch() {
        scheduledAnew()
                .given(old(COMPLETED, 5, 230, 1))
                .when(old(COMPLETED, 6, 230, 1).executed(true))
                .inEpoch(3, EpochDecision.RESUMED);
        scheduledAnew()
                .given(old(CANCELED, 5, 120, 1))
                .when(old(CANCELED, 6, 120, 1).executed(true))
                .thenRejects(STALE_EPOCH);
        scheduledAnew()
                .given(old(COMPLETED, 5, 230, 1))
                .when(old(COMPLETED, 6, 230, 1))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void rerunOfStaleCopyOpensOneEpoch() {
        scheduledAnew()
                .given(old(CANCELED, 5, 120, 1))
                .when(old(SCHEDULED, 6, 120, 1))
                .inEpoch(3, EpochDecision.RESUMED)
                .when(event(SCHEDULED, 7).keyed(300, 0).ran(0, 0, 0))
                .thenChangesNothingPublished()
                .inEpoch(3, EpochDecision.RERUN);
    }

    @Test
    void retryOfStaleCopyMayHaveUnseenKey() {
        story().given(event(FAILED, 1).keyed(100, 0).ran(110, 120, 1))
                .given(event(SCHEDULED, 2).keyed(200, 3).ran(0, 0, 0))
                .given(event(FAILED, 3).keyed(100, 0).ran(110, 120, 1))
                .when(event(IN_PROGRESS, 4).keyed(100, 1).ran(110, 120, 1))
                .inEpoch(3, EpochDecision.RESUMED);
        story().given(event(FAILED, 1).keyed(100, 0).ran(110, 120, 1))
                .given(event(SCHEDULED, 2).keyed(200, 3).ran(0, 0, 0))
                .given(event(FAILED, 3).keyed(100, 0).ran(110, 120, 1))
                .when(event(IN_PROGRESS, 4).keyed(100, 2).ran(110, 120, 1))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void pollAfterNewStartIsResumption() {
        TestEvent started = event(SCHEDULED, 5).keyed(100, 0).ran(215, 0, 1).executed(false);
        scheduledAnew()
                .given(started)
                .when(event(IN_PROGRESS, 6).keyed(100, 0).ran(215, 0, 1).executed(false))
                .inEpoch(3, EpochDecision.RESUMED);
        scheduledAnew()
                .given(old(SCHEDULED, 5, 0, 1))
                .when(old(IN_PROGRESS, 6, 0, 1))
                .thenRejects(STALE_EPOCH);
    }

    @Test
    void cancellationResumesJoinAndTickDoesNot() {
        for (TaskStatus end : new TaskStatus[] {COMPLETED, CANCELED}) {
            Story join = Story.ofType("JOIN")
                    .given(event(IN_PROGRESS, 1).keyed(100, 0).ran(110, 0, 1).executed(false))
                    .given(event(FAILED, 2).keyed(100, 0).ran(110, 120, 2).executed(false))
                    .given(event(SCHEDULED, 3).keyed(200, 0).ran(0, 0, 0).executed(false))
                    .given(event(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 2).executed(false))
                    .when(event(end, 5).keyed(100, 0).ran(110, 230, 2).executed(false));
            assertThat(join.state().epoch().number()).isEqualTo(end == CANCELED ? 3 : 2);
        }
    }

    @Test
    void nativeEventsShowNoResumption() {
        Story story = story().given(old(CANCELED, 2, 120, 1).from(EventSource.NATIVE))
                .given(event(SCHEDULED, 3).keyed(200, 1).from(EventSource.NATIVE))
                .given(old(IN_PROGRESS, 5, 0, 1).from(EventSource.NATIVE));
        story.when(old(IN_PROGRESS, 6, 0, 2).from(EventSource.NATIVE)).thenRejects(STALE_EPOCH);
    }

    @Test
    void redeliveredRecordsAreNoResumption() {
        Story story = scheduledAnew().given(old(IN_PROGRESS, 5, 0, 1)).given(old(IN_PROGRESS, 6, 0, 2));
        TaskState before = story.state();
        story.when(old(IN_PROGRESS, 5, 0, 1)).thenRejects(STALE_EPOCH);
        story.when(event(IN_PROGRESS, 4).keyed(200, 1).ran(210, 0, 1).executed(false))
                .thenRejects(STALE_EPOCH);
        assertThat(story.state()).isSameAs(before);
    }
}
