package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.RejectionReason.DUPLICATE;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.Alert.Kind;
import dev.ratchet.task.RepairState.Result;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepairProgressTest {
    private static final int MAX_ATTEMPTS = 2;

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
    void failedRepairIsRetriedAndThenGivenUp() {
        TaskState first = due(diverged());
        TaskState failed = RepairProgress.recordResult(first, answer(1, 1, Result.FAILED, IN_PROGRESS), MAX_ATTEMPTS);
        assertThat(changedAlerts(first, failed)).isEmpty();
        TaskState second = due(failed);
        TaskState givenUp = RepairProgress.recordResult(second, answer(1, 2, Result.FAILED, IN_PROGRESS), MAX_ATTEMPTS);
        assertThat(givenUp.bookkeeping().repair()).isEqualTo(new RepairState(3, 2, 2, Result.GIVEN_UP));
        assertThat(changedAlerts(second, givenUp)).containsExactly("REPAIR_FAILED OPENED");
        TaskState agreed = Story.from(givenUp).when(COMPLETED, 12).state();
        assertThat(changedAlerts(givenUp, agreed)).containsExactly("LOST_UPDATE RESOLVED", "REPAIR_FAILED RESOLVED");
    }

    @Test
    void repairWithoutResultIsReissuedAndThenGivenUp() {
        TaskState first = due(diverged());
        TaskState second = due(first);
        assertThat(second.bookkeeping().repair()).isEqualTo(new RepairState(3, 2, 2, Result.PENDING));
        TaskState givenUp = due(second);
        assertThat(givenUp.bookkeeping().repair().result()).isEqualTo(Result.GIVEN_UP);
        assertThat(changedAlerts(second, givenUp)).containsExactly("REPAIR_FAILED OPENED");
    }

    @Test
    void lateResultCountsIfConductorHoldsExpectedStatus() {
        TaskState second = due(due(diverged()));
        assertThat(RepairProgress.recordResult(second, answer(1, 1, Result.FAILED, IN_PROGRESS), MAX_ATTEMPTS))
                .isSameAs(second);
        assertThat(RepairProgress.recordResult(second, answer(1, 1, Result.REPAIRED, COMPLETED), MAX_ATTEMPTS)
                        .diverges())
                .isFalse();
        TaskState givenUp = due(second);
        assertThat(RepairProgress.recordResult(givenUp, answer(1, 2, Result.FAILED, IN_PROGRESS), MAX_ATTEMPTS))
                .isSameAs(givenUp);
        TaskState late =
                RepairProgress.recordResult(givenUp, answer(1, 1, Result.ALREADY_CONSISTENT, COMPLETED), MAX_ATTEMPTS);
        assertThat(changedAlerts(givenUp, late)).containsExactly("LOST_UPDATE RESOLVED", "REPAIR_FAILED RESOLVED");
    }

    @Test
    void attemptsAreExhaustedWhileSourceReportsWrongStatus() {
        TaskState state = diverged();
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            TaskState issued = due(state);
            RepairState repair = issued.bookkeeping().repair();
            assertThat(repair.attempt()).isEqualTo(attempt);
            RepairAnswer failed = new RepairAnswer(
                    "t1", 1, repair.lastReportedSequence(), attempt, Result.FAILED, Optional.of(IN_PROGRESS), "");
            TaskState answered = RepairProgress.recordResult(issued, failed, MAX_ATTEMPTS);
            state = Story.from(answered).when(IN_PROGRESS, 10 + attempt).state();
        }
        assertThat(state.bookkeeping().repair().result()).isEqualTo(Result.GIVEN_UP);
        assertThat(Kind.REPAIR_FAILED.isActive(state)).isTrue();
    }

    @Test
    void repairsPerEpochAreLimited() {
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
            TaskState agreed = RepairProgress.recordResult(state, repaired, MAX_ATTEMPTS);
            assertThat(agreed.diverges()).isFalse();
            TaskState lost =
                    Story.from(agreed).when(IN_PROGRESS, lastReported + 10).state();
            state = RepairProgress.resetAttempts(lost);
        }
        assertThat(issued).isEqualTo(4 * MAX_ATTEMPTS);
        assertThat(state.bookkeeping().repair().result()).isEqualTo(Result.EXHAUSTED);
        assertThat(Kind.REPAIR_FAILED.isActive(state)).isTrue();
        assertThat(RepairProgress.resetAttempts(state)).isSameAs(state);
        assertThat(RepairProgress.issueNext(state, MAX_ATTEMPTS, false)
                        .bookkeeping()
                        .repair()
                        .isPending())
                .as("a dry run writes nothing")
                .isTrue();
        TaskState retried = RepairProgress.restart(state);
        assertThat(changedAlerts(state, retried)).containsExactly("REPAIR_FAILED RESOLVED");
        assertThat(due(retried).bookkeeping().repair().isPending()).isTrue();
    }

    @Test
    void lateDryRunResultCounts() {
        TaskState givenUp = due(due(due(diverged())));
        assertThat(givenUp.bookkeeping().repair().result()).isEqualTo(Result.GIVEN_UP);
        TaskState late = RepairProgress.recordResult(givenUp, answer(1, 1, Result.DRY_RUN, IN_PROGRESS), MAX_ATTEMPTS);
        assertThat(changedAlerts(givenUp, late)).containsExactly("REPAIR_FAILED RESOLVED");
    }

    @Test
    void resultOfUnreadableCommandCountsForPendingCommand() {
        RepairAnswer unnamed = new RepairAnswer("t1", 0, -1, 0, Result.FAILED, Optional.empty(), "unreadable");
        TaskState diverged = diverged();
        assertThat(RepairProgress.recordResult(diverged, unnamed, MAX_ATTEMPTS)).isSameAs(diverged);
        TaskState failed = RepairProgress.recordResult(due(diverged), unnamed, MAX_ATTEMPTS);
        assertThat(failed.bookkeeping().repair().result()).isEqualTo(Result.FAILED);
        assertThat(RepairProgress.recordResult(due(failed), unnamed, MAX_ATTEMPTS)
                        .bookkeeping()
                        .repair()
                        .result())
                .isEqualTo(Result.GIVEN_UP);
    }

    @Test
    void dryRunsDoNotCountAsRepairsOfEpoch() {
        TaskState state = diverged();
        for (int i = 0; i < 5; i++) {
            state = RepairProgress.resetAttempts(RepairProgress.issueNext(state, MAX_ATTEMPTS, false));
        }
        assertThat(state.bookkeeping().repair().issued()).isZero();
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

    private static TaskState due(TaskState state) {
        return RepairProgress.issueNext(state, MAX_ATTEMPTS, true);
    }

    private static Story completed() {
        return story().given(IN_PROGRESS, 1).given(COMPLETED, 2);
    }

    private static TaskState diverged() {
        return story().given(event(IN_PROGRESS, 1).keyed(100, 0))
                .given(event(COMPLETED, 2).keyed(100, 0))
                .given(event(IN_PROGRESS, 3).keyed(100, 0))
                .diverged()
                .state();
    }

    private static RepairAnswer answer(int epoch, int attempt, Result result, TaskStatus observed) {
        return new RepairAnswer("t1", epoch, 3, attempt, result, Optional.of(observed), "because");
    }

    private static List<String> changedAlerts(TaskState before, TaskState after) {
        return Alert.between(Optional.of(before), after).stream()
                .map(alert -> alert.kind() + " " + alert.phase())
                .toList();
    }
}
