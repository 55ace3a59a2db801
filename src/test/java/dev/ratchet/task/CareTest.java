package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.DUPLICATE;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.Told.that;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.Alert.Kind;
import dev.ratchet.task.Repair.Result;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CareTest {
    private static final int MOST = 2;

    @Test
    void whatAnAuditFindsBehindIsALostUpdateThoughNoRecordToldOfIt() {
        completed()
                .when(that(IN_PROGRESS, 2).from(Source.AUDIT))
                .thenRefuses(BACKWARD_TRANSITION)
                .havingLostUpdates(1)
                .diverged()
                .hearing(IN_PROGRESS);
    }

    @Test
    void aRecordThatComesAgainIsNoAnswerToWhatAnAuditFound() {
        completed()
                .when(that(IN_PROGRESS, 2).from(Source.AUDIT))
                .when(COMPLETED, 2)
                .thenRefuses(DUPLICATE)
                .diverged()
                .when(COMPLETED, 3)
                .inAgreement();
    }

    @Test
    void anAuditThatFindsWhatWasHeardChangesNothing() {
        Story story = completed();
        TaskState before = story.state();
        story.when(that(COMPLETED, 2).from(Source.AUDIT));
        assertThat(story.state()).isSameAs(before);
    }

    @Test
    void whatAnAuditFindsAheadIsTaken() {
        story().given(IN_PROGRESS, 1)
                .when(that(COMPLETED, 1).from(Source.AUDIT))
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .asAStepForward()
                .inAgreement();
    }

    @Test
    void aRepairThatConductorHoldsEndsTheDivergence() {
        TaskState issued = Care.commanded(diverged());
        assertThat(issued.ledger().repair()).isEqualTo(new Repair(3, 1, Result.PENDING));
        TaskState ended = Care.answered(issued, answer(1, 1, Result.REPAIRED, COMPLETED), MOST);
        assertThat(ended.diverges()).isFalse();
        assertThat(told(issued, ended)).containsExactly("LOST_UPDATE RESOLVED");
    }

    @Test
    void anAnswerToAnotherCommandChangesNothing() {
        TaskState issued = Care.commanded(diverged());
        assertThat(Care.answered(issued, answer(1, 2, Result.REPAIRED, COMPLETED), MOST))
                .isSameAs(issued);
        assertThat(Care.answered(issued, answer(2, 1, Result.REPAIRED, COMPLETED), MOST))
                .isSameAs(issued);
        TaskState ended = Care.answered(issued, answer(1, 1, Result.REPAIRED, COMPLETED), MOST);
        assertThat(Care.answered(ended, answer(1, 1, Result.FAILED, IN_PROGRESS), MOST))
                .isSameAs(ended);
    }

    @Test
    void whatTheSourceWroteAfterTheCommandKeepsTheDivergenceOpen() {
        TaskState issued = Care.commanded(diverged());
        TaskState later = Story.from(issued).when(IN_PROGRESS, 9).state();
        TaskState ended = Care.answered(later, answer(1, 1, Result.REPAIRED, COMPLETED), MOST);
        assertThat(ended.diverges()).isTrue();
        assertThat(Care.commanded(ended).ledger().repair()).isEqualTo(new Repair(9, 1, Result.PENDING));
    }

    @Test
    void aRepairThatFailsIsTriedAgainAndGivenUpInTheEnd() {
        TaskState first = Care.commanded(diverged());
        TaskState failed = Care.answered(first, answer(1, 1, Result.FAILED, IN_PROGRESS), MOST);
        assertThat(told(first, failed)).isEmpty();
        TaskState second = Care.commanded(failed);
        TaskState givenUp = Care.answered(second, answer(1, 2, Result.FAILED, IN_PROGRESS), MOST);
        assertThat(givenUp.ledger().repair()).isEqualTo(new Repair(3, 2, Result.GIVEN_UP));
        assertThat(told(second, givenUp)).containsExactly("REPAIR_FAILED OPENED");
        TaskState agreed = Story.from(givenUp).when(COMPLETED, 12).state();
        assertThat(told(givenUp, agreed)).containsExactly("LOST_UPDATE RESOLVED", "REPAIR_FAILED RESOLVED");
    }

    @Test
    void aNewLifeKnowsNothingOfTheRepairsOfTheOneBefore() {
        TaskState issued = Care.commanded(diverged());
        TaskState reopened =
                Story.from(issued).when(that(SCHEDULED, 20).keyed(200, 0)).state();
        assertThat(reopened.ledger().repair()).isEqualTo(Repair.NONE);
    }

    @Test
    void aStuckTaskIsToldOnceAndIsOverWhenItIsHeardOfAgain() {
        TaskState running = story().given(IN_PROGRESS, 1).state();
        TaskState stuck = Care.stuck(running);
        assertThat(told(running, stuck)).containsExactly("STUCK OPENED");
        assertThat(Care.stuck(stuck)).isSameAs(stuck);
        TaskState heard = Story.from(stuck).when(IN_PROGRESS, 2).state();
        assertThat(told(stuck, heard)).containsExactly("STUCK RESOLVED");
        assertThat(told(stuck, TaskRatchet.deleted(stuck, Source.CDC, 5))).containsExactly("STUCK RESOLVED");
    }

    @Test
    void whatIsOpenIsClosedWhenATaskIsForgotten() {
        assertThat(Alert.forgetting(Care.stuck(diverged())))
                .extracting(Alert::kind)
                .containsExactly(Kind.LOST_UPDATE, Kind.STUCK);
        assertThat(Alert.forgetting(completed().state())).isEmpty();
    }

    private static Story completed() {
        return story().given(IN_PROGRESS, 1).given(COMPLETED, 2);
    }

    private static TaskState diverged() {
        return story().given(that(IN_PROGRESS, 1).keyed(100, 0))
                .given(that(COMPLETED, 2).keyed(100, 0))
                .given(that(IN_PROGRESS, 3).keyed(100, 0))
                .diverged()
                .state();
    }

    private static RepairAnswer answer(int epoch, int attempt, Result result, TaskStatus observed) {
        return new RepairAnswer("t1", epoch, 3, attempt, result, Optional.of(observed), "because");
    }

    private static List<String> told(TaskState before, TaskState after) {
        return Alert.between(Optional.of(before), after).stream()
                .map(alert -> alert.kind() + " " + alert.phase())
                .toList();
    }
}
