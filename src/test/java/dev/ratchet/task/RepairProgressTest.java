package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.DUPLICATE;
import static dev.ratchet.task.RepairStories.MAX_ATTEMPTS;
import static dev.ratchet.task.RepairStories.answer;
import static dev.ratchet.task.RepairStories.changedAlerts;
import static dev.ratchet.task.RepairStories.completed;
import static dev.ratchet.task.RepairStories.diverged;
import static dev.ratchet.task.RepairStories.due;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.Alert.Kind;
import dev.ratchet.task.RepairState.Result;
import org.junit.jupiter.api.Test;

/** How audits, repair results and further events change the divergence of a task. */
class RepairProgressTest {
    @Test
    void auditThatFindsEarlierStatusIsLostUpdate() {
        completed()
                .when(event(IN_PROGRESS, 2).from(EventSource.AUDIT))
                .thenRejects(BACKWARD_TRANSITION)
                .withLostUpdates(1)
                .diverged()
                .lastReporting(IN_PROGRESS);
    }

    @Test
    void redeliveredRecordDoesNotEndDivergenceFoundByAudit() {
        completed()
                .when(event(IN_PROGRESS, 2).from(EventSource.AUDIT))
                .when(COMPLETED, 2)
                .thenRejects(DUPLICATE)
                .diverged()
                .when(COMPLETED, 3)
                .inAgreement();
    }

    @Test
    void auditThatConfirmsLastReportChangesNothing() {
        Story story = completed();
        TaskState before = story.state();
        story.when(event(COMPLETED, 2).from(EventSource.AUDIT));
        assertThat(story.state()).isSameAs(before);
    }

    @Test
    void auditThatFindsLaterStatusIsPublished() {
        story().given(IN_PROGRESS, 1)
                .when(event(COMPLETED, 1).from(EventSource.AUDIT))
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .asForwardStep()
                .inAgreement();
    }

    @Test
    void repairConfirmedByConductorEndsDivergence() {
        TaskState issued = due(diverged());
        assertThat(issued.bookkeeping().repair()).isEqualTo(new RepairState(3, 1, 1, Result.PENDING));
        TaskState ended = RepairProgress.recordResult(issued, answer(1, 1, Result.REPAIRED, COMPLETED), MAX_ATTEMPTS);
        assertThat(ended.diverges()).isFalse();
        assertThat(changedAlerts(issued, ended)).containsExactly("LOST_UPDATE RESOLVED");
    }

    @Test
    void resultOfAnotherCommandChangesNothing() {
        TaskState issued = due(diverged());
        assertThat(RepairProgress.recordResult(issued, answer(1, 2, Result.REPAIRED, COMPLETED), MAX_ATTEMPTS))
                .isSameAs(issued);
        assertThat(RepairProgress.recordResult(issued, answer(2, 1, Result.REPAIRED, COMPLETED), MAX_ATTEMPTS))
                .isSameAs(issued);
        TaskState ended = RepairProgress.recordResult(issued, answer(1, 1, Result.REPAIRED, COMPLETED), MAX_ATTEMPTS);
        assertThat(RepairProgress.recordResult(ended, answer(1, 1, Result.FAILED, IN_PROGRESS), MAX_ATTEMPTS))
                .isSameAs(ended);
    }

    @Test
    void eventAfterCommandKeepsDivergenceOpen() {
        TaskState issued = due(diverged());
        TaskState later = Story.from(issued).when(IN_PROGRESS, 9).state();
        TaskState ended = RepairProgress.recordResult(later, answer(1, 1, Result.REPAIRED, COMPLETED), MAX_ATTEMPTS);
        assertThat(ended.diverges()).isTrue();
        assertThat(due(ended).bookkeeping().repair()).isEqualTo(new RepairState(9, 1, 2, Result.PENDING));
    }

    @Test
    void restartWithoutDivergenceChangesNothing() {
        TaskState agreed = completed().state();
        assertThat(RepairProgress.restart(agreed)).isSameAs(agreed);
    }

    @Test
    void newEpochResetsRepairState() {
        TaskState issued = due(diverged());
        TaskState reopened =
                Story.from(issued).when(event(SCHEDULED, 20).keyed(200, 0)).state();
        assertThat(reopened.bookkeeping().repair()).isEqualTo(RepairState.NONE);
    }

    @Test
    void stuckTaskAlertsOnceAndResolvesOnNextEvent() {
        TaskState running = story().given(IN_PROGRESS, 1).state();
        TaskState stuck = RepairProgress.markStuck(running);
        assertThat(changedAlerts(running, stuck)).containsExactly("STUCK OPENED");
        assertThat(RepairProgress.markStuck(stuck)).isSameAs(stuck);
        TaskState lastReported = Story.from(stuck).when(IN_PROGRESS, 2).state();
        assertThat(changedAlerts(stuck, lastReported)).containsExactly("STUCK RESOLVED");
        assertThat(changedAlerts(stuck, StatusReducer.reduceDeletion(stuck, EventSource.CDC, 5)))
                .containsExactly("STUCK RESOLVED");
    }

    @Test
    void forgottenTaskResolvesOpenAlerts() {
        assertThat(Alert.resolveAll(RepairProgress.markStuck(diverged())))
                .extracting(Alert::kind)
                .containsExactly(Kind.LOST_UPDATE, Kind.STUCK);
        assertThat(Alert.resolveAll(completed().state())).isEmpty();
    }
}
