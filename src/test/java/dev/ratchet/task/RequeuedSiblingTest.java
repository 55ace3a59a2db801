package dev.ratchet.task;

import static dev.ratchet.task.EpochStories.completed;
import static dev.ratchet.task.EpochStories.failed;
import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
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

/** A rerun requeues unsuccessful siblings of its task with the same key. */
class RequeuedSiblingTest {
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
