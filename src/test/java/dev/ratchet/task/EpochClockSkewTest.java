package dev.ratchet.task;

import static dev.ratchet.task.EpochStories.completed;
import static dev.ratchet.task.RejectionReason.STALE_EPOCH;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;

import org.junit.jupiter.api.Test;

/** Epochs with an earlier scheduledTime than the epoch before. */
class EpochClockSkewTest {
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
}
