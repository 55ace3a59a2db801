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
import dev.ratchet.task.RepairState.Result;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepairProgressTest {
    private static final int MOST = 2;

    @Test
    void whatAnAuditFindsBehindIsALostUpdateThoughNoRecordToldOfIt() {
        completed()
                .when(that(IN_PROGRESS, 2).from(EventSource.AUDIT))
                .thenRefuses(BACKWARD_TRANSITION)
                .havingLostUpdates(1)
                .diverged()
                .lastReporting(IN_PROGRESS);
    }

    @Test
    void aRecordThatComesAgainIsNoAnswerToWhatAnAuditFound() {
        completed()
                .when(that(IN_PROGRESS, 2).from(EventSource.AUDIT))
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
        story.when(that(COMPLETED, 2).from(EventSource.AUDIT));
        assertThat(story.state()).isSameAs(before);
    }

    @Test
    void whatAnAuditFindsAheadIsTaken() {
        story().given(IN_PROGRESS, 1)
                .when(that(COMPLETED, 1).from(EventSource.AUDIT))
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .asAStepForward()
                .inAgreement();
    }

    @Test
    void aRepairThatConductorHoldsEndsTheDivergence() {
        TaskState issued = due(diverged());
        assertThat(issued.bookkeeping().repair()).isEqualTo(new RepairState(3, 1, 1, Result.PENDING));
        TaskState ended = RepairProgress.recordResult(issued, answer(1, 1, Result.REPAIRED, COMPLETED), MOST);
        assertThat(ended.diverges()).isFalse();
        assertThat(told(issued, ended)).containsExactly("LOST_UPDATE RESOLVED");
    }

    @Test
    void anAnswerToAnotherCommandChangesNothing() {
        TaskState issued = due(diverged());
        assertThat(RepairProgress.recordResult(issued, answer(1, 2, Result.REPAIRED, COMPLETED), MOST))
                .isSameAs(issued);
        assertThat(RepairProgress.recordResult(issued, answer(2, 1, Result.REPAIRED, COMPLETED), MOST))
                .isSameAs(issued);
        TaskState ended = RepairProgress.recordResult(issued, answer(1, 1, Result.REPAIRED, COMPLETED), MOST);
        assertThat(RepairProgress.recordResult(ended, answer(1, 1, Result.FAILED, IN_PROGRESS), MOST))
                .isSameAs(ended);
    }

    @Test
    void whatTheSourceWroteAfterTheCommandKeepsTheDivergenceOpen() {
        TaskState issued = due(diverged());
        TaskState later = Story.from(issued).when(IN_PROGRESS, 9).state();
        TaskState ended = RepairProgress.recordResult(later, answer(1, 1, Result.REPAIRED, COMPLETED), MOST);
        assertThat(ended.diverges()).isTrue();
        assertThat(due(ended).bookkeeping().repair()).isEqualTo(new RepairState(9, 1, 2, Result.PENDING));
    }

    @Test
    void aRepairThatFailsIsTriedAgainAndGivenUpInTheEnd() {
        TaskState first = due(diverged());
        TaskState failed = RepairProgress.recordResult(first, answer(1, 1, Result.FAILED, IN_PROGRESS), MOST);
        assertThat(told(first, failed)).isEmpty();
        TaskState second = due(failed);
        TaskState givenUp = RepairProgress.recordResult(second, answer(1, 2, Result.FAILED, IN_PROGRESS), MOST);
        assertThat(givenUp.bookkeeping().repair()).isEqualTo(new RepairState(3, 2, 2, Result.GIVEN_UP));
        assertThat(told(second, givenUp)).containsExactly("REPAIR_FAILED OPENED");
        TaskState agreed = Story.from(givenUp).when(COMPLETED, 12).state();
        assertThat(told(givenUp, agreed)).containsExactly("LOST_UPDATE RESOLVED", "REPAIR_FAILED RESOLVED");
    }

    @Test
    void aRepairWithoutAResultIsIssuedAgainAndGivenUpInTheEnd() {
        TaskState first = due(diverged());
        TaskState second = due(first);
        assertThat(second.bookkeeping().repair()).isEqualTo(new RepairState(3, 2, 2, Result.PENDING));
        TaskState givenUp = due(second);
        assertThat(givenUp.bookkeeping().repair().result()).isEqualTo(Result.GIVEN_UP);
        assertThat(told(second, givenUp)).containsExactly("REPAIR_FAILED OPENED");
    }

    @Test
    void aResultThatComesLateCountsIfConductorHoldsWhatItShould() {
        TaskState second = due(due(diverged()));
        assertThat(RepairProgress.recordResult(second, answer(1, 1, Result.FAILED, IN_PROGRESS), MOST))
                .isSameAs(second);
        assertThat(RepairProgress.recordResult(second, answer(1, 1, Result.REPAIRED, COMPLETED), MOST)
                        .diverges())
                .isFalse();
        TaskState givenUp = due(second);
        assertThat(RepairProgress.recordResult(givenUp, answer(1, 2, Result.FAILED, IN_PROGRESS), MOST))
                .isSameAs(givenUp);
        TaskState late = RepairProgress.recordResult(givenUp, answer(1, 1, Result.ALREADY_CONSISTENT, COMPLETED), MOST);
        assertThat(told(givenUp, late)).containsExactly("LOST_UPDATE RESOLVED", "REPAIR_FAILED RESOLVED");
    }

    @Test
    void attemptsAreUsedUpThoughTheSourceGoesOnReportingTheWrongStatus() {
        TaskState state = diverged();
        for (int attempt = 1; attempt <= MOST; attempt++) {
            TaskState issued = due(state);
            RepairState repair = issued.bookkeeping().repair();
            assertThat(repair.attempt()).isEqualTo(attempt);
            RepairAnswer failed = new RepairAnswer(
                    "t1", 1, repair.lastReportedSequence(), attempt, Result.FAILED, Optional.of(IN_PROGRESS), "");
            TaskState answered = RepairProgress.recordResult(issued, failed, MOST);
            state = Story.from(answered).when(IN_PROGRESS, 10 + attempt).state();
        }
        assertThat(state.bookkeeping().repair().result()).isEqualTo(Result.GIVEN_UP);
        assertThat(Kind.REPAIR_FAILED.isActive(state)).isTrue();
    }

    @Test
    void anEpochHasItsShareOfRepairsHoweverOftenTheEndIsLostAgain() {
        TaskState state = diverged();
        int issued = 0;
        while (true) {
            state = due(state);
            if (!state.bookkeeping().repair().isPending()) {
                break;
            }
            issued++;
            long lastReported = state.bookkeeping().repair().lastReportedSequence();
            RepairAnswer repaired = new RepairAnswer(
                    "t1",
                    1,
                    lastReported,
                    state.bookkeeping().repair().attempt(),
                    Result.REPAIRED,
                    Optional.of(COMPLETED),
                    "");
            TaskState agreed = RepairProgress.recordResult(state, repaired, MOST);
            assertThat(agreed.diverges()).isFalse();
            TaskState lost =
                    Story.from(agreed).when(IN_PROGRESS, lastReported + 10).state();
            state = RepairProgress.resetAttempts(lost);
        }
        assertThat(issued).isEqualTo(4 * MOST);
        assertThat(state.bookkeeping().repair().result()).isEqualTo(Result.EXHAUSTED);
        assertThat(Kind.REPAIR_FAILED.isActive(state)).isTrue();
        assertThat(RepairProgress.resetAttempts(state)).isSameAs(state);
        assertThat(RepairProgress.issueNext(state, MOST, false)
                        .bookkeeping()
                        .repair()
                        .isPending())
                .as("a dry run writes nothing")
                .isTrue();
        TaskState retried = RepairProgress.restart(state);
        assertThat(told(state, retried)).containsExactly("REPAIR_FAILED RESOLVED");
        assertThat(due(retried).bookkeeping().repair().isPending()).isTrue();
    }

    @Test
    void whatADryRunSaysLateCountsToo() {
        TaskState givenUp = due(due(due(diverged())));
        assertThat(givenUp.bookkeeping().repair().result()).isEqualTo(Result.GIVEN_UP);
        TaskState late = RepairProgress.recordResult(givenUp, answer(1, 1, Result.DRY_RUN, IN_PROGRESS), MOST);
        assertThat(told(givenUp, late)).containsExactly("REPAIR_FAILED RESOLVED");
    }

    @Test
    void anAnswerToACommandThatCouldNotBeReadIsOneToWhicheverIsWaitedFor() {
        RepairAnswer unnamed = new RepairAnswer("t1", 0, -1, 0, Result.FAILED, Optional.empty(), "unreadable");
        TaskState diverged = diverged();
        assertThat(RepairProgress.recordResult(diverged, unnamed, MOST)).isSameAs(diverged);
        TaskState failed = RepairProgress.recordResult(due(diverged), unnamed, MOST);
        assertThat(failed.bookkeeping().repair().result()).isEqualTo(Result.FAILED);
        assertThat(RepairProgress.recordResult(due(failed), unnamed, MOST)
                        .bookkeeping()
                        .repair()
                        .result())
                .isEqualTo(Result.GIVEN_UP);
    }

    @Test
    void aDryRunDoesNotCountAmongTheRepairsOfAnEpoch() {
        TaskState state = diverged();
        for (int i = 0; i < 5; i++) {
            state = RepairProgress.resetAttempts(RepairProgress.issueNext(state, MOST, false));
        }
        assertThat(state.bookkeeping().repair().issued()).isZero();
    }

    @Test
    void onlyADivergenceIsRetried() {
        TaskState agreed = completed().state();
        assertThat(RepairProgress.restart(agreed)).isSameAs(agreed);
    }

    @Test
    void aNewLifeKnowsNothingOfTheRepairsOfTheOneBefore() {
        TaskState issued = due(diverged());
        TaskState reopened =
                Story.from(issued).when(that(SCHEDULED, 20).keyed(200, 0)).state();
        assertThat(reopened.bookkeeping().repair()).isEqualTo(RepairState.NONE);
    }

    @Test
    void aStuckTaskIsToldOnceAndIsOverWhenItIsHeardOfAgain() {
        TaskState running = story().given(IN_PROGRESS, 1).state();
        TaskState stuck = RepairProgress.markStuck(running);
        assertThat(told(running, stuck)).containsExactly("STUCK OPENED");
        assertThat(RepairProgress.markStuck(stuck)).isSameAs(stuck);
        TaskState lastReported = Story.from(stuck).when(IN_PROGRESS, 2).state();
        assertThat(told(stuck, lastReported)).containsExactly("STUCK RESOLVED");
        assertThat(told(stuck, StatusReducer.reduceDeletion(stuck, EventSource.CDC, 5)))
                .containsExactly("STUCK RESOLVED");
    }

    @Test
    void whatIsOpenIsClosedWhenATaskIsForgotten() {
        assertThat(Alert.resolveAll(RepairProgress.markStuck(diverged())))
                .extracting(Alert::kind)
                .containsExactly(Kind.LOST_UPDATE, Kind.STUCK);
        assertThat(Alert.resolveAll(completed().state())).isEmpty();
    }

    private static TaskState due(TaskState state) {
        return RepairProgress.issueNext(state, MOST, true);
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
