package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.COMPLETED_WITH_ERRORS;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes of a rerun or workflow retry over unsuccessful tasks with the same key. */
class ReopeningRuleTest {

    /** A task that ran from 10 and ended at 50. */
    private static Story ended(String taskType, TaskStatus end, int pollCount) {
        return Story.ofType(taskType).given(record(end, 2, 10, 50, pollCount));
    }

    private static TestEvent record(TaskStatus status, long sequence, long startTime, long endTime, int pollCount) {
        return event(status, sequence)
                .keyed(10, 0)
                .ran(startTime, endTime, pollCount)
                .executed(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JOIN", "DO_WHILE", "HUMAN", "SWITCH", "INLINE", "EVENT", "EXCLUSIVE_JOIN", "SET_VARIABLE"})
    void rerunReturnsSynchronousSystemTaskToInProgress(String taskType) {
        ended(taskType, CANCELED, 3)
                .when(record(IN_PROGRESS, 3, 90, 0, 3))
                .inEpoch(2, EpochDecision.SIBLING)
                .when(record(COMPLETED, 4, 90, 99, 4))
                .thenPublishes(IN_PROGRESS, COMPLETED, 3)
                .inAgreement();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "WAIT", "SUB_WORKFLOW", "START_WORKFLOW", "a_worker"})
    void rerunReturnsOtherTasksToTheirQueue(String taskType) {
        ended(taskType, FAILED, 1).when(record(SCHEDULED, 3, 90, 0, 1)).inEpoch(2, EpochDecision.SIBLING);
        ended(taskType, FAILED, 1).when(record(IN_PROGRESS, 3, 90, 0, 1)).thenRejects(BACKWARD_TRANSITION);
    }

    /** As recorded on a busy Conductor: canceled, ticked by a thread that had not seen it, and retried a second time. */
    @Test
    void retryAfterLateTickReopensEarlierTerminalStatus() {
        ended("JOIN", CANCELED, 8)
                .given(record(IN_PROGRESS, 3, 10, 50, 8))
                .given(record(CANCELED, 4, 10, 50, 11))
                .when(record(IN_PROGRESS, 5, 10, 50, 12))
                .thenRejects(BACKWARD_TRANSITION)
                .diverged()
                .when(record(IN_PROGRESS, 6, 10, 50, 12))
                .inEpoch(3, EpochDecision.REOPENED)
                .inAgreement()
                .when(record(COMPLETED, 7, 10, 99, 13))
                .andStaysAt(COMPLETED)
                .inAgreement();
    }

    @Test
    void repeatedLateTicksDoNotReopenTask() {
        ended("JOIN", CANCELED, 8)
                .given(record(IN_PROGRESS, 3, 10, 50, 8))
                .given(record(CANCELED, 4, 10, 50, 11))
                .given(record(IN_PROGRESS, 5, 10, 50, 12))
                .when(record(IN_PROGRESS, 6, 10, 50, 13))
                .thenRejects(BACKWARD_TRANSITION)
                .diverged();
    }

    @Test
    void unlistedTypeThatRunsUnpolledIsSynchronous() {
        ended("MY_SYSTEM_TASK", FAILED, 0)
                .when(record(IN_PROGRESS, 3, 90, 0, 0))
                .inEpoch(2, EpochDecision.SIBLING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "WAIT"})
    void listedQueuedTypeIsNotSynchronous(String taskType) {
        ended(taskType, FAILED, 0).when(record(IN_PROGRESS, 3, 90, 0, 0)).thenRejects(BACKWARD_TRANSITION);
    }

    @Test
    void requeueAfterLostUpdateOpensEpoch() {
        ended("a_worker", FAILED, 1)
                .given(record(IN_PROGRESS, 3, 10, 0, 1))
                .diverged()
                .when(record(SCHEDULED, 4, 90, 0, 1))
                .inEpoch(2, EpochDecision.SIBLING)
                .inAgreement();
    }

    @Test
    void requeueFromEarlierTerminalStatusOpensEpoch() {
        ended("a_worker", FAILED, 1)
                .given(record(COMPLETED_WITH_ERRORS, 3, 10, 50, 1))
                .when(record(SCHEDULED, 4, 90, 0, 1))
                .inEpoch(2, EpochDecision.SIBLING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JOIN", "DO_WHILE"})
    void repeatedInPlaceRetriesOfContainerOpenEpochs(String taskType) {
        Story story = ended(taskType, CANCELED, 1);
        int pollCount = 1;
        for (int retry = 1; retry <= 4; retry++) {
            long sequence = 10L * retry;
            story.when(record(IN_PROGRESS, sequence, 10, 50, pollCount))
                    .inEpoch(retry + 1, EpochDecision.REOPENED)
                    .given(record(IN_PROGRESS, sequence + 1, 10, 50, ++pollCount))
                    .given(record(CANCELED, sequence + 2, 10, 50, pollCount))
                    .inAgreement();
        }
        story.withLostUpdates(0)
                .given(record(IN_PROGRESS, 100, 10, 50, pollCount))
                .when(record(COMPLETED, 101, 10, 99, pollCount + 1))
                .andStaysAt(COMPLETED)
                .inAgreement();
    }

    @Test
    void tickThatOverlapsCancellationIsLostUpdate() {
        ended("JOIN", CANCELED, 1)
                .when(record(IN_PROGRESS, 3, 10, 0, 2))
                .thenRejects(BACKWARD_TRANSITION)
                .diverged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUMAN", "EVENT", "SUB_WORKFLOW"})
    void rerunOfImmediatelyStartedTaskWithSlowClockOpensEpoch(String taskType) {
        ended(taskType, COMPLETED, 0)
                .given(record(SCHEDULED, 3, 10, 50, 0).subworkflowChanged(true))
                .inEpoch(2, EpochDecision.REOPENED)
                .when(event(IN_PROGRESS, 4).keyed(9, 0).ran(0, 0, 0).executed(false))
                .inEpoch(2, EpochDecision.CLOCK_SKEW)
                .when(event(COMPLETED, 5).keyed(9, 0).ran(0, 99, 0).executed(false))
                .inAgreement();
    }
}
