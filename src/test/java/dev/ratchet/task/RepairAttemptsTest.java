package dev.ratchet.task;

import static dev.ratchet.task.RepairStories.MAX_ATTEMPTS;
import static dev.ratchet.task.RepairStories.answer;
import static dev.ratchet.task.RepairStories.changedAlerts;
import static dev.ratchet.task.RepairStories.diverged;
import static dev.ratchet.task.RepairStories.due;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.Alert.Kind;
import dev.ratchet.task.RepairState.Result;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Attempts of a repair, their limits, and late, dry-run or missing results. */
class RepairAttemptsTest {
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
}
