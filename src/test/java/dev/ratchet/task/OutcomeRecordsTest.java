package dev.ratchet.task;

import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.COMPLETED_WITH_ERRORS;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an outcome leaves for readers: timeline, record timestamps and rejection messages. */
class OutcomeRecordsTest {
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
}
