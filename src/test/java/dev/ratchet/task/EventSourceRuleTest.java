package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.SOURCE_MISMATCH;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TestEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Events of another source, and audit results. */
class EventSourceRuleTest {
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
}
